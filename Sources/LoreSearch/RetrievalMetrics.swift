import Foundation

/// A document of a ranking that is judged.
package struct RankedDocument: Hashable, Sendable {
    package let id: String
    package let score: Double

    package init(id: String, score: Double) {
        self.id = id
        self.score = score
    }
}

/// How good one ranking is, or the mean of several, as trec_eval counts it.
///
/// - SeeAlso: Järvelin and Kekäläinen (2002), doi:10.1145/582415.582418
package struct RetrievalMetrics: Hashable, Sendable {
    /// Discounted gain of the first ten over that of the best order; gains are the judgements.
    package let ndcg10: Double
    /// Share of the relevant documents among the first ten.
    package let recall10: Double
    /// Share of the relevant documents among the first hundred.
    package let recall100: Double
    /// One over the rank of the first relevant document; 0 beyond rank ten.
    package let mrr10: Double

    package static let zero = RetrievalMetrics(ndcg10: 0, recall10: 0, recall100: 0, mrr10: 0)

    package init(ndcg10: Double, recall10: Double, recall100: Double, mrr10: Double) {
        self.ndcg10 = ndcg10
        self.recall10 = recall10
        self.recall100 = recall100
        self.mrr10 = mrr10
    }

    /// Judges `documents`, which may come in any order.
    ///
    /// They are ranked as trec_eval ranks: by score in single precision, then by id, both
    /// descending. All figures are 0 where nothing is judged relevant.
    ///
    /// - Parameters:
    ///   - documents: What was returned, with scores.
    ///   - judgements: Relevance by document id; 1 and above is relevant, a document that is not
    ///     listed is not.
    package init(of documents: [RankedDocument], judgements: [String: Int]) {
        let gains = Self.order(documents).map { max(0, judgements[$0.id] ?? 0) }
        let relevant = judgements.values.filter { $0 > 0 }
        guard !relevant.isEmpty else {
            self = .zero
            return
        }
        ndcg10 = Self.gain(gains) / Self.gain(relevant.sorted(by: >))
        recall10 = Self.found(gains, depth: 10) / Double(relevant.count)
        recall100 = Self.found(gains, depth: 100) / Double(relevant.count)
        let first = gains.prefix(10).firstIndex { $0 > 0 }
        mrr10 = first.map { 1 / Double($0 + 1) } ?? 0
    }

    /// The mean over queries, each counted once.
    package static func mean(_ all: [RetrievalMetrics]) -> RetrievalMetrics {
        func mean(_ figure: (RetrievalMetrics) -> Double) -> Double {
            all.isEmpty ? 0 : all.reduce(0) { $0 + figure($1) } / Double(all.count)
        }
        return RetrievalMetrics(
            ndcg10: mean(\.ndcg10), recall10: mean(\.recall10), recall100: mean(\.recall100),
            mrr10: mean(\.mrr10))
    }

    /// The order in which trec_eval reads a ranking, whatever ranks it was given.
    package static func order(_ documents: [RankedDocument]) -> [RankedDocument] {
        documents.sorted { left, right in
            let (first, second) = (Float(left.score), Float(right.score))
            guard first == second else { return first > second }
            return right.id.utf8.lexicographicallyPrecedes(left.id.utf8)
        }
    }

    private static func gain(_ gains: [Int]) -> Double {
        gains.prefix(10).enumerated().reduce(0) {
            $0 + Double($1.element) / log2(Double($1.offset + 2))
        }
    }

    private static func found(_ gains: [Int], depth: Int) -> Double {
        Double(gains.prefix(depth).count { $0 > 0 })
    }
}

package import LoreCore

/// A chunk that holds words of the query.
package struct LexicalMatch: Hashable, Sendable {
    package let row: Int64
    /// The row of the note that the chunk belongs to.
    package let document: Int64
    /// BM25 of the chunk, above 0.
    package let bm25: Double

    package init(row: Int64, document: Int64, bm25: Double) {
        self.row = row
        self.document = document
        self.bm25 = bm25
    }
}

/// All that is known of a query's candidates before they are ranked.
package struct RankingEvidence: Sendable {
    /// The nearest chunks, best first.
    package var semantic: [VectorMatch] = []
    /// Cosines of chunks that are not among the nearest, by row.
    package var otherCosines: [Int64: Double] = [:]
    /// The chunks that hold words of the query, best first.
    package var lexical: [LexicalMatch] = []
    /// BM25 of whole notes, by the note's row.
    package var notes: [Int64: Double] = [:]
    /// The BM25 that no chunk can exceed: (k1 + 1) times the sum of the terms' inverse frequencies
    /// among chunks.
    package var lexicalCeiling = 0.0
    /// The same for notes.
    package var noteCeiling = 0.0

    package init() {}
}

/// A ranked chunk and the reasons for its place.
package struct RankedChunk: Hashable, Sendable {
    package let row: Int64
    package let document: Int64
    /// The sum of the contributions in `explanation`.
    package let score: Double
    package let explanation: [SignalContribution]
}

/// Ranks chunks by a weighted sum of signals, each on a scale of its own that no other candidate
/// moves.
///
/// score = w₁ · cosine + w₂ · BM25 / ceiling + w₃ · BM25 of the note / its ceiling, where a ceiling
/// is the highest BM25 that any text could reach for the query. So the lexical side counts for as
/// much as the query's words were really found, and scores of two queries compare.
/// - SeeAlso: Bruch, Gai and Ingber (2023), doi:10.1145/3596512, on convex combination and
///   theoretical bounds as its normalisation
package struct RankFusion: Sendable {
    package let weights: RankingWeights

    /// What the signals are called in an explanation.
    package static let cosine = "cosine"
    package static let bm25 = "bm25"
    package static let noteBM25 = "note_bm25"

    package init(weights: RankingWeights) { self.weights = weights }

    /// The candidates of `evidence`, best first, equals by row.
    ///
    /// A candidate is a chunk among the nearest or among those with words of the query, if the
    /// weight of that list is not 0. A signal that did not find it adds nothing.
    ///
    /// - Complexity: O(*c* log *c*) for *c* candidates.
    package func ranking(_ evidence: RankingEvidence) -> [RankedChunk] {
        let candidates = candidates(evidence)
        let noteRanks = ranks(of: evidence.notes)
        let ranked = candidates.map { row, candidate in
            explained(row, candidate, evidence, noteRank: noteRanks[candidate.document])
        }
        return ranked.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
    }

    private struct Candidate {
        let document: Int64
        var cosine: Double?
        var cosineRank: Int?
        var bm25: Double?
        var bm25Rank: Int?
    }

    private func candidates(_ evidence: RankingEvidence) -> [Int64: Candidate] {
        var candidates: [Int64: Candidate] = [:]
        if weights.cosine > 0 {
            for (index, match) in evidence.semantic.enumerated() {
                candidates[match.row] = Candidate(
                    document: match.document, cosine: match.cosine, cosineRank: index + 1)
            }
        }
        guard weights.bm25 > 0 || weights.noteBM25 > 0 else { return candidates }
        for (index, match) in evidence.lexical.enumerated() {
            let other = Candidate(
                document: match.document, cosine: evidence.otherCosines[match.row])
            var candidate = candidates[match.row] ?? other
            candidate.bm25 = match.bm25
            candidate.bm25Rank = index + 1
            candidates[match.row] = candidate
        }
        return candidates
    }

    private func explained(
        _ row: Int64, _ candidate: Candidate, _ evidence: RankingEvidence, noteRank: Int?
    ) -> RankedChunk {
        var explanation: [SignalContribution] = []
        func add(_ signal: String, _ rank: Int?, _ raw: Double?, _ weight: Double, over top: Double)
        {
            guard weight > 0 else { return }
            let share = top > 0 ? (raw ?? 0) / top : 0
            explanation.append(
                SignalContribution(
                    signal: signal, rank: rank, raw: raw ?? 0, weight: weight,
                    contribution: weight * share))
        }
        add(Self.cosine, candidate.cosineRank, candidate.cosine, weights.cosine, over: 1)
        add(
            Self.bm25, candidate.bm25Rank, candidate.bm25, weights.bm25,
            over: evidence.lexicalCeiling)
        add(
            Self.noteBM25, noteRank, evidence.notes[candidate.document], weights.noteBM25,
            over: evidence.noteCeiling)
        return RankedChunk(
            row: row, document: candidate.document,
            score: explanation.reduce(0) { $0 + $1.contribution }, explanation: explanation)
    }

    /// Ranks from 1 by score, equals by row.
    private func ranks(of scores: [Int64: Double]) -> [Int64: Int] {
        let order = scores.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return Dictionary(
            uniqueKeysWithValues: order.enumerated().map { ($1.key, $0 + 1) })
    }
}

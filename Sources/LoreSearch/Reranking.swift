import Foundation
import LoreCore

/// Mixes the judgements of a cross-encoder into the head of a ranking.
///
/// score = (1 − weight) · score before + weight · σ(logit), where σ(x) = 1 / (1 + e⁻ˣ) and a chunk
/// that was not judged has no second part. That part is never below 0, so those that were judged
/// stay above the others, and scores stay on their scale.
/// - SeeAlso: Nogueira and Cho (2019), arXiv:1901.04085, whose order is that of the second part alone
package struct Reranking: Hashable, Sendable {
    /// Chunks that are judged, however many hits are asked for.
    package let depth: Int
    /// The share of the judgement in a score, 0 to 1.
    package let weight: Double

    /// Judgement and fusion count alike, by the reasoning in `docs/RETRIEVAL.md`.
    package static let standard = Reranking(depth: 30, weight: 0.5)

    /// What the signal is called in an explanation.
    package static let signal = "rerank"

    package init(depth: Int, weight: Double) {
        precondition(depth > 0 && weight >= 0 && weight <= 1, "depth \(depth), weight \(weight)")
        self.depth = depth
        self.weight = weight
    }

    /// `chunks` in their new order, equals by row; the unjudged follow in the order they have.
    ///
    /// - Parameters:
    ///   - chunks: Best first.
    ///   - logits: Of the first of them, in their order.
    /// - Returns: The same chunks, with a part for the judgement in each explanation.
    package func ranking(_ chunks: [RankedChunk], logits: [Double]) -> [RankedChunk] {
        precondition(logits.count <= chunks.count, "\(logits.count) for \(chunks.count) chunks")
        let ranks = ranks(of: logits)
        let judged = logits.indices.map { index in
            with(part(rank: ranks[index], logit: logits[index]), chunks[index])
        }
        let others = chunks.dropFirst(logits.count).map { with(part(rank: nil, logit: nil), $0) }
        return judged.sorted { ($1.score, $0.row) < ($0.score, $1.row) } + others
    }

    /// Ranks from 1 by logit, equals in the order they have.
    private func ranks(of logits: [Double]) -> [Int] {
        let order = logits.indices.sorted { (-logits[$0], $0) < (-logits[$1], $1) }
        var ranks = [Int](repeating: 0, count: logits.count)
        for (index, place) in order.enumerated() { ranks[place] = index + 1 }
        return ranks
    }

    private func part(rank: Int?, logit: Double?) -> SignalContribution {
        let probability = logit.map { 1 / (1 + exp(-$0)) } ?? 0
        return SignalContribution(
            signal: Self.signal, rank: rank, raw: logit ?? 0, weight: weight,
            contribution: weight * probability)
    }

    /// `chunk` with what it scored so far scaled down, and `part` beside it.
    private func with(_ part: SignalContribution, _ chunk: RankedChunk) -> RankedChunk {
        let share = 1 - weight
        let before = chunk.explanation.map { signal in
            SignalContribution(
                signal: signal.signal, rank: signal.rank, raw: signal.raw,
                weight: share * signal.weight, contribution: share * signal.contribution)
        }
        let explanation = before + [part]
        return RankedChunk(
            row: chunk.row, document: chunk.document,
            score: explanation.reduce(0) { $0 + $1.contribution }, explanation: explanation)
    }
}

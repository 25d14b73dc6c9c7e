import LoreCore
import LoreSearch
import LoreStore

/// The best by words and the best by meaning, merged into one ranking.
struct MergedLists {
    /// All that the words found.
    let words: LexicalMatches
    /// The first `depth` by what the words count, best first; all where there are fewer.
    let listed: [LexicalCandidate]
    /// The first `depth` by meaning, best first; all where there are fewer.
    let nearest: [VectorMatch]
    let depth: Int
    let weights: RankingWeights

    /// How far the sum of a bound may lie from that of a score by rounding.
    private static let rounding = 1e-9

    /// The chunks of either list, best first, each with all that is known of it.
    ///
    /// - Parameter cosines: The likeness of chunks by their rows.
    /// - Returns: All that may be among the best, and more.
    /// - Throws: What `cosines` throws.
    func ranking(cosines: ([Int64]) throws -> [Double?]) throws -> [RankedChunk] {
        let near = Set(nearest.map(\.row))
        let others = listed.map(\.row).filter { !near.contains($0) }
        return ranking(nearest, others, try cosines(others))
    }

    /// What is known of the chunks in `rows`, each with the score that any ranking would give it.
    ///
    /// - Parameters:
    ///   - rows: Chunks, in any order; those that the query does not find are left out.
    ///   - cosines: The likeness of chunks by their rows.
    /// - Returns: Those that are found, best first.
    /// - Throws: What `cosines` throws.
    func ranked(
        _ rows: [Int64], cosines: ([Int64]) throws -> [Double?]
    ) throws -> [RankedChunk] {
        let likeness = try cosines(rows)
        let near = zip(rows, likeness).compactMap { row, cosine in
            cosine.map {
                VectorMatch(row: row, document: ChunkRow.document(of: row), cosine: $0)
            }
        }
        return ranking(near, rows, likeness)
    }

    /// The chunks `near`, and the `others` that hold words, with the cosines of these.
    private func ranking(
        _ near: [VectorMatch], _ others: [Int64], _ cosines: [Double?]
    ) -> [RankedChunk] {
        var evidence = RankingEvidence()
        evidence.semantic = near
        for (row, cosine) in zip(others, cosines) { evidence.otherCosines[row] = cosine }
        evidence.lexical = matches(of: Array(Set(near.map(\.row) + others)))
        evidence.notes = notes(of: near.map(\.document) + evidence.lexical.map(\.document))
        evidence.lexicalCeiling = words.chunkCeiling
        evidence.noteCeiling = words.documentCeiling
        return RankFusion(weights: weights).ranking(evidence)
    }

    private func matches(of rows: [Int64]) -> [LexicalMatch] {
        let found = rows.compactMap { row in
            words.score(ofChunk: row).map {
                LexicalMatch(row: row, document: ChunkRow.document(of: row), bm25: $0)
            }
        }
        return found.sorted { ($1.bm25, $0.row) < ($0.bm25, $1.row) }
    }

    private func notes(of documents: [Int64]) -> [Int64: Double] {
        var scores: [Int64: Double] = [:]
        for document in documents where scores[document] == nil {
            scores[document] = words.score(ofDocument: document)
        }
        return scores
    }

    /// How many of the first of `ranking` are those of a ranking of all chunks, and whether all are.
    ///
    /// A chunk outside of both lists has a cosine of at most the last one listed; if it holds words,
    /// they count at most what they count for the last one listed, and if it holds none, its note
    /// counts at most what the best note does.
    /// - SeeAlso: Fagin, Lotem and Naor (2003), doi:10.1016/S0022-0000(03)00026-6, the threshold
    ///   algorithm
    func proof(of ranking: [RankedChunk]) -> (proved: Int, isWhole: Bool) {
        let isNear = weights.cosine > 0 && nearest.count >= depth
        let isSaid = weights.bm25 + weights.noteBM25 > 0 && listed.count >= depth
        guard isNear || isSaid else { return (ranking.count, true) }
        // One list alone is already in the order of the scores.
        guard weights.cosine > 0, weights.bm25 + weights.noteBM25 > 0 else {
            return (ranking.count, false)
        }
        let meaning =
            isNear ? nearest.last.map { weights.cosine * max(0, $0.cosine) } : nil
        var bound = -Double.infinity
        if isSaid, let last = listed.last {
            bound = (meaning ?? 0) + words.value(ofChunk: last.row)
        }
        if let meaning {
            let best = words.bestDocumentScore
            let note = best > 0 ? weights.noteBM25 * best / words.documentCeiling : 0
            bound = max(bound, meaning + note)
        }
        let beyond = ranking.firstIndex { $0.score <= bound + Self.rounding }
        return (beyond ?? ranking.count, false)
    }
}

extension Retriever.Ranking {
    /// Why `chunk` stands where it does, its rank by words being that among all that were found.
    func explanation(of chunk: RankedChunk) -> [SignalContribution] {
        chunk.explanation.map { part in
            let rank =
                switch part.signal {
                case RankFusion.bm25: matches.rank(ofChunk: chunk.row)
                case RankFusion.noteBM25: matches.rank(ofDocument: chunk.document)
                default: part.rank
                }
            return SignalContribution(
                signal: part.signal, rank: rank, raw: part.raw, weight: part.weight,
                contribution: part.contribution)
        }
    }
}

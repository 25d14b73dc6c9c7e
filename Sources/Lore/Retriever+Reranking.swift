import LoreChat
import LoreCore
import LoreEmbedding
import LoreSearch
import LoreStore

extension Retriever {
    /// The chunks that match `question`, best first, the best of them judged where a reranker is set.
    ///
    /// How many are judged does not depend on `limit`, so a score does not either.
    ///
    /// - Parameters:
    ///   - question: What to look for.
    ///   - limit: How many chunks will be used; more may be returned.
    ///   - reader: The index at one moment.
    /// - Returns: The ranking, and the words that were looked for.
    /// - Throws: `ModelChanged`, `StoreError`, `SearchError`, `EmbeddingError`.
    func ranking(
        _ question: Question, limit: Int, in reader: StoreReader
    ) throws -> Ranking {
        try ranking(question, limit: limit, in: reader) { ranking, _ in ranking.proved >= limit }
    }

    /// The same, until `suffices` says that enough of the ranking is proved, or until it is whole.
    func ranking(
        _ question: Question, limit: Int, in reader: StoreReader,
        until suffices: (Ranking, @escaping Lookup) throws -> Bool
    ) throws -> Ranking {
        guard question.reranker != nil else {
            return try fused(question, limit: limit, in: reader, until: suffices)
        }
        let depth = Reranking.standard.depth
        var judgement: Judgement?
        var reranked: Ranking?
        let fused = try fused(question, limit: max(limit, depth), in: reader) { ranking, lookup in
            guard ranking.proved >= depth || ranking.isWhole else { return false }
            let known = try judgement ?? self.judgement(of: ranking, question, in: reader)
            let scaled = ranking.reranked(by: known)
            (judgement, reranked) = (known, scaled)
            return try suffices(scaled) { known.scaled(try lookup($0)) }
        }
        // Nothing was judged where a filter lets no note pass.
        return reranked ?? fused
    }

    /// `ranking` with its best chunks judged; as it is where no reranker is set.
    func reranked(
        _ ranking: Ranking, _ question: Question, in reader: StoreReader
    ) throws -> Ranking {
        guard question.reranker != nil else { return ranking }
        return ranking.reranked(by: try judgement(of: ranking, question, in: reader))
    }

    private func judgement(
        of ranking: Ranking, _ question: Question, in reader: StoreReader
    ) throws -> Judgement {
        guard let reranker = question.reranker else { return Judgement([]) }
        let best = Array(ranking.chunks.prefix(Reranking.standard.depth))
        let stored = try Dictionary(
            uniqueKeysWithValues: reader.chunks(rows: best.map(\.row)).map { ($0.row, $0) })
        // One that is gone is left out of the hits, whatever it scores.
        let texts = best.map { stored[$0.row]?.embeddedText ?? "" }
        let asked = StandaloneQuestion(question.text, carrying: question.carried)
        let logits = try reranker.logits(of: texts, for: asked.text)
        return Judgement(Reranking.standard.ranking(best, logits: logits.map(Double.init)))
    }
}

extension Retriever.Ranking {
    /// This ranking with what was judged in its place, and all scores on one scale.
    fileprivate func reranked(by judgement: Judgement) -> Retriever.Ranking {
        var reranked = self
        reranked.chunks = judgement.scaled(chunks)
        return reranked
    }
}

/// The best chunks of a ranking as they stand once they were judged.
private struct Judgement {
    private let judged: [Int64: RankedChunk]

    init(_ chunks: [RankedChunk]) {
        judged = Dictionary(uniqueKeysWithValues: chunks.map { ($0.row, $0) })
    }

    /// `chunks` with the judged ones first, best first, and the scores of all on one scale.
    func scaled(_ chunks: [RankedChunk]) -> [RankedChunk] {
        let found = chunks.compactMap { judged[$0.row] }
        return found.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
            + Reranking.standard.ranking(chunks.filter { judged[$0.row] == nil }, logits: [])
    }
}

extension Retriever.Question {
    /// What judges the best passages; words alone are left as they rank.
    fileprivate var reranker: CrossEncoder? { mode == .lexical ? nil : meaning?.reranker }
}

extension StoredChunk {
    /// What the embedder read, and the reranker reads.
    fileprivate var embeddedText: String {
        Chunk.embeddedText(
            title: title, heading: chunk.heading, date: date, lead: chunk.lead, text: chunk.text)
    }
}

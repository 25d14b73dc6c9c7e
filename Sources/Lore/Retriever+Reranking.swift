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
        guard question.reranker != nil else {
            return try fused(question, limit: limit, in: reader)
        }
        let fused = try fused(question, limit: max(limit, Reranking.standard.depth), in: reader)
        return try reranked(fused, question, in: reader)
    }

    /// `ranking` with its best chunks judged; as it is where no reranker is set.
    func reranked(
        _ ranking: Ranking, _ question: Question, in reader: StoreReader
    ) throws -> Ranking {
        guard let reranker = question.reranker else { return ranking }
        let rows = ranking.chunks.prefix(Reranking.standard.depth).map(\.row)
        let stored = try Dictionary(
            uniqueKeysWithValues: reader.chunks(rows: rows).map { ($0.row, $0) })
        // One that is gone is left out of the hits, whatever it scores.
        let texts = rows.map { stored[$0]?.embeddedText ?? "" }
        let logits = try reranker.logits(of: texts, for: question.text)
        var ranking = ranking
        ranking.chunks = Reranking.standard.ranking(ranking.chunks, logits: logits.map(Double.init))
        return ranking
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

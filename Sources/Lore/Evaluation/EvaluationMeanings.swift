import LoreChat
import LoreCore
import LoreEmbedding

/// What the questions of a set mean, by their own words and as they stand alone.
struct EvaluationMeanings {
    private let batch: EmbeddingBatch
    private let fingerprint: EmbeddingFingerprint
    private let reranker: CrossEncoder?
    /// Of the vectors, by text.
    private let rows: [String: Int]

    /// Embeds each text of `questions` once.
    init(
        of questions: [StandaloneQuestion], by embedder: NoteEmbedder, reranker: CrossEncoder?
    ) async throws {
        let texts = questions.flatMap { [$0.question] + $0.carried.map(\.text) }
        let distinct = Set(texts).sorted()
        batch = try await embedder.embed(distinct, as: .query)
        rows = Dictionary(uniqueKeysWithValues: zip(distinct, distinct.indices))
        fingerprint = embedder.fingerprint
        self.reranker = reranker
    }

    /// What `question` means; nil where a text of it was not embedded.
    subscript(question: StandaloneQuestion) -> Retriever.Meaning? {
        let texts = [question.question] + question.carried.map(\.text)
        let weights = [1] + question.carried.map(\.weight)
        let shares = zip(texts, weights).compactMap { text, weight in
            rows[text].map { EmbeddingBatch.Share(row: $0, weight: weight) }
        }
        guard shares.count == texts.count else { return nil }
        return Retriever.Meaning(
            vector: batch.direction(of: shares), fingerprint: fingerprint, reranker: reranker)
    }
}

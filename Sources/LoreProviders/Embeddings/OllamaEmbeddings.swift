import LoreCore

/// Ollama's own embeddings.
struct OllamaEmbeddings: EmbeddingDialect {
    /// Small, since the server computes on this machine and must answer before it counts as idle.
    var limits: EmbeddingLimits { EmbeddingLimits(texts: 32, tokens: 32_000) }

    func encode(_ texts: [String], as role: EmbeddingRole, model: String) -> WireRequest {
        WireRequest(
            path: "/api/embed",
            body: [
                "model": .string(model), "input": .array(texts.map { .string($0) }),
                // Too long is to be an error, not a cut without a word.
                "truncate": false,
            ])
    }

    func decode(_ document: JSONValue) throws -> EmbeddingReply {
        guard let entries = document["embeddings"]?.elements else {
            throw MalformedStream("it is no list of vectors")
        }
        return EmbeddingReply(
            vectors: try entries.map { try $0.vector() },
            tokens: document["prompt_eval_count"]?.int)
    }
}

import LoreCore

/// Gemini's batchEmbedContents; it cuts over-long texts without a word and tells no usage.
struct GeminiEmbeddings: EmbeddingDialect {
    var limits: EmbeddingLimits { EmbeddingLimits(texts: 100, tokens: 100_000) }

    func encode(_ texts: [String], as role: EmbeddingRole, model: String) -> WireRequest {
        let task: JSONValue = role == .query ? "RETRIEVAL_QUERY" : "RETRIEVAL_DOCUMENT"
        let requests = texts.map { text in
            JSONValue.compact([
                "model": .string("models/\(model)"),
                "content": ["parts": [["text": .string(text)]]],
                "taskType": task,
            ])
        }
        return WireRequest(
            path: "/v1/models/\(model):batchEmbedContents", body: ["requests": .array(requests)])
    }

    func decode(_ document: JSONValue) throws -> EmbeddingReply {
        guard let entries = document["embeddings"]?.elements else {
            throw MalformedStream("it is no list of vectors")
        }
        return EmbeddingReply(vectors: try entries.map { try ($0["values"] ?? .null).vector() })
    }
}

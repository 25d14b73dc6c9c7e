import LoreCore

/// How one protocol asks for vectors and reads them.
protocol EmbeddingDialect: Sendable {
    /// What one request may hold.
    var limits: EmbeddingLimits { get }

    /// The request for the vectors of `texts` in the protocol's form.
    func encode(_ texts: [String], as role: EmbeddingRole, model: String) -> WireRequest

    /// The vectors of a reply, in the order of the texts.
    ///
    /// - Throws: `MalformedStream`.
    func decode(_ document: JSONValue) throws -> EmbeddingReply
}

/// What one request for vectors may hold.
struct EmbeddingLimits: Hashable, Sendable {
    var texts: Int
    /// Of all texts together.
    var tokens: Int
}

/// The vectors of one reply as they came.
struct EmbeddingReply: Hashable, Sendable {
    var vectors: [[Float]]
    /// Of all texts together; nil where the provider does not say.
    var tokens: Int?
}

extension Provider {
    /// How it makes vectors; nil where it has no models for that.
    var embeddingDialect: (any EmbeddingDialect)? {
        switch self {
        // Its own library asks for base64, a third of the bytes.
        case .openai:
            OpenAIEmbeddings(
                limits: EmbeddingLimits(texts: 2048, tokens: 300_000), encoding: "base64")
        case .mistral: OpenAIEmbeddings(limits: EmbeddingLimits(texts: 64, tokens: 16_000))
        case .together: OpenAIEmbeddings(limits: EmbeddingLimits(texts: 128, tokens: 100_000))
        // A server that computes on this machine answers a small request before it counts as idle.
        case .compatible: OpenAIEmbeddings(limits: EmbeddingLimits(texts: 32, tokens: 32_000))
        case .gemini: GeminiEmbeddings()
        case .ollama: OllamaEmbeddings()
        case .anthropic, .groq: nil
        }
    }
}

extension JSONValue {
    /// The numbers of a list.
    ///
    /// - Throws: `MalformedStream` where this is no list of numbers.
    func vector() throws -> [Float] {
        guard let elements else { throw MalformedStream("a vector is no list") }
        return try elements.map { element in
            guard let value = element.double else {
                throw MalformedStream("a vector holds what is no number")
            }
            return Float(value)
        }
    }
}

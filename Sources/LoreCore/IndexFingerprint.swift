/// How vectors were made.
///
/// Vectors of different making are never compared.
public struct EmbeddingFingerprint: Hashable, Sendable, Codable {
    /// The name a user knows the model by, for example `minilm`.
    public let model: String
    /// SHA-256 of the weights and the vocabulary, hexadecimal; the name alone does not say which.
    ///
    /// Of a provider's model, which shows neither: of all that names it.
    public let digest: String
    public let dimensions: Int
    /// Tokens a text may have, special ones included, before it is cut; 0 where nobody says.
    public let maxTokens: Int
    /// `mean` or `cls`; `provider` where that is the provider's affair.
    public let pooling: String
    public let queryPrefix: String
    public let passagePrefix: String

    public init(
        model: String, digest: String, dimensions: Int, maxTokens: Int, pooling: String,
        queryPrefix: String, passagePrefix: String
    ) {
        self.model = model
        self.digest = digest
        self.dimensions = dimensions
        self.maxTokens = maxTokens
        self.pooling = pooling
        self.queryPrefix = queryPrefix
        self.passagePrefix = passagePrefix
    }
}

/// How notes were cut.
///
/// A note cut another way is cut anew at the next indexing.
public struct ChunkingFingerprint: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Raised when the chunker's output changes for equal input.
    public let version: Int
    /// Tokens a chunk's text and heading path may have together.
    public let maxTokens: Int
    /// The `name` of the `TokenCounter`.
    public let counter: String

    public init(version: Int, maxTokens: Int, counter: String) {
        self.version = version
        self.maxTokens = maxTokens
        self.counter = counter
    }

    public var description: String { "v\(version)/\(maxTokens)/\(counter)" }
}

public import LoreCore

/// A model on this machine.
public struct LocalModel: Sendable, Hashable {
    public let name: String
    public let kind: ModelKind
    /// Of a text's vector; of a token's where the model reranks.
    public let dimensions: Int
    /// Word pieces a text may have, special ones included, before it is cut.
    public let maxTokens: Int
    /// Of all its files.
    public let bytes: Int64
    /// The folder it lies in.
    public let path: String
    /// Of the weights, hexadecimal.
    public let sha256: String
}

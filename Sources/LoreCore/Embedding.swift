/// Which side of a search a text is on; some models want a different prefix for each.
public enum EmbeddingRole: String, Sendable, CaseIterable {
    case query
    case passage
}

/// The vectors of several texts, in the order of the texts.
public struct EmbeddingBatch: Sendable {
    public let dimensions: Int
    /// Row-major, `[count × dimensions]`, each row of unit norm.
    public let values: [Float]
    /// Word pieces the model read of each text, special tokens included.
    public let tokenCounts: [Int]
    /// Whether a text was longer than the model's limit and was cut at it.
    public let truncated: [Bool]

    public var count: Int { tokenCounts.count }

    /// - Precondition: `values` has `tokenCounts.count × dimensions` elements, `truncated` one a text.
    public init(dimensions: Int, values: [Float], tokenCounts: [Int], truncated: [Bool]) {
        precondition(
            values.count == tokenCounts.count * dimensions && truncated.count == tokenCounts.count,
            """
            \(values.count) values, \(tokenCounts.count) texts, \(truncated.count) flags, \
            \(dimensions) dimensions
            """)
        self.dimensions = dimensions
        self.values = values
        self.tokenCounts = tokenCounts
        self.truncated = truncated
    }

    /// The vector of the text at `index`, `[dimensions]`.
    public subscript(index: Int) -> ArraySlice<Float> {
        values[index * dimensions..<(index + 1) * dimensions]
    }
}

/// Turns texts into vectors whose inner product is their likeness.
public protocol Embedder: Sendable {
    var fingerprint: EmbeddingFingerprint { get }

    /// The vectors of `texts`, each of unit norm, in their order.
    ///
    /// A text over the model's limit is cut there and marked; an empty text has the vector that the
    /// model gives it.
    ///
    /// - Throws: A `LoreError` where a vector cannot be had; never a vector of another making.
    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingBatch
}

/// Counts the tokens of a text as an embedding model would, so that chunks fit the model.
public protocol TokenCounter: Sendable {
    /// Names the way of counting: chunks cut by another way are cut anew.
    var name: String { get }

    /// The tokens of UTF-8 `text`, without the special ones that a model adds.
    func countTokens(_ text: UnsafeBufferPointer<UInt8>) -> Int
}

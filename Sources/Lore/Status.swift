public import Foundation

/// A registered folder.
public struct FolderSummary: Sendable, Hashable {
    public let name: String
    public let path: String
    public let documents: Int
}

/// What an index holds.
public struct Status: Sendable {
    public let database: String
    public let folders: [FolderSummary]
    public let documents: Int
    public let chunks: Int
    /// Chunks with a vector of the index's model.
    public let embedded: Int
    public let pending: Int
    /// Chunks whose text was cut at the model's limit.
    public let truncated: Int
    /// Nil until something has been embedded.
    public let embeddingModel: String?
    public let dimensions: Int?
    /// Of the database and its write-ahead log.
    public let bytes: Int64
    public let lastIndexedAt: Date?
}

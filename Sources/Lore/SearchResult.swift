public import LoreCore

/// The hits of a query.
public struct SearchResult: Sendable {
    public let query: Query
    /// The mode that was used: lexical where hybrid was asked for and no model or vector is there.
    public let mode: SearchMode
    /// Best first.
    public let hits: [Hit]
    public internal(set) var took: Duration
    /// What a person should know besides, one sentence each.
    public internal(set) var notices: [String]
    /// Files added, changed and gone since they were indexed; nil where that cannot be told.
    public internal(set) var changedSinceIndexing: Int?
}

public import LoreCore

/// The hits of a query.
public struct SearchResult: Sendable {
    public let query: Query
    /// The mode that was used: lexical where hybrid was asked for and no model or vector is there.
    public let mode: SearchMode
    /// Best first.
    public let hits: [Hit]
    public let took: Duration
    /// What a person should know besides, one sentence each.
    public let notices: [String]
}

/// Which evidence ranks the hits.
public enum SearchMode: String, Sendable, CaseIterable {
    /// Words and meaning, fused.
    case hybrid
    /// Words only (BM25); needs no model.
    case lexical
    /// Meaning only (cosine).
    case semantic
}

/// What to look for, and how.
public struct Query: Hashable, Sendable {
    /// The user's own words; never syntax.
    public let text: String
    public let mode: SearchMode
    /// Hits wanted at most.
    public let limit: Int
    /// Which notes may be found; nil for all.
    public let filter: Filter?

    public init(text: String, mode: SearchMode = .hybrid, limit: Int, filter: Filter? = nil) {
        self.text = text
        self.mode = mode
        self.limit = limit
        self.filter = filter
    }
}

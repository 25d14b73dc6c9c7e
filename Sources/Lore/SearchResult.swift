public import LoreCore

/// The hits of a query.
public struct SearchResult: Sendable {
    public let query: Query
    /// The mode that was used: lexical where hybrid was asked for and no model or vector is there.
    public let mode: SearchMode
    /// Best first.
    public let hits: [Hit]
    /// Notes that pass the query's filter; nil where it has none.
    public let passing: Int?
    public internal(set) var took: Duration
    /// What a person should know besides, one sentence each.
    public internal(set) var notices: [String]
    /// Files added, changed and gone since they were indexed; nil where that cannot be told.
    public internal(set) var changedSinceIndexing: Int?
}

extension SearchResult {
    /// How many notes pass the filter, as a sentence; nil where there is none.
    public var filterSentence: String? { passing.map(Self.sentence) }

    static func sentence(passing count: Int) -> String {
        switch count {
        case 0: "no note passes it"
        case 1: "1 note passes it"
        default: "\(count) notes pass it"
        }
    }
}

public import LoreCore

/// Where a note stands for a query, and why it is among the hits or not.
public struct Placement: Sendable {
    /// The place of the note's best passage in one ranking of all passages.
    public struct Place: Hashable, Sendable {
        /// From 1; nil where it is not in that ranking.
        public let rank: Int?
        public let score: Double?

        static let none = Place(rank: nil, score: nil)
    }

    /// What decided.
    public enum Reason: Hashable, Sendable {
        case returned(rank: Int)
        /// The query's filter keeps the note out.
        case filter
        /// Its passages have no vector yet, and words alone do not find it.
        case awaitingEmbedding
        case noWords
        /// Its best passage says what a hit says, and is named there.
        case duplicate(of: Hit.Place, hit: Int)
        /// More hits come before it than were asked for.
        ///
        /// `rank` is that of its best passage among all; `hit` the place of its first hit in a longer
        /// list, nil where no search is that long.
        case budget(rank: Int, limit: Int, hit: Int?)
        /// An ignore file, a name that starts with a dot, or a link keeps it out of the index.
        case ignored
        case unknownFormat
        case refused(reason: String)
        case notIndexedYet
    }

    public let query: Query
    /// The note's path as it is shown.
    public let document: String
    public let reason: Reason
    public let lexical: Place
    public let semantic: Place
    public let hybrid: Place
    /// Whether `ask` would say that the notes do not answer.
    public let isRefusedByGate: Bool
    /// What a person should know besides, one sentence each.
    public let notices: [String]

    public var isReturned: Bool { if case .returned = reason { true } else { false } }

    /// The reason in words, without a full stop.
    public var sentence: String {
        switch reason {
        case .returned(let rank):
            "it is hit \(rank)"
                + (isRefusedByGate
                    ? "; `lore ask` would not answer, for the best passage says too little" : "")
        case .filter: "the filter keeps it out"
        case .awaitingEmbedding:
            "it awaits its vectors, and its words do not put it here; run `lore index`"
        case .noWords: "no word of the query stands in it"
        case .duplicate(let place, let hit):
            "its best passage is a duplicate of \(place.shown), which is hit \(hit)"
        case .budget(let rank, let limit, let hit):
            "its best passage is number \(rank), and \(limit) were asked for"
                + (hit.map { "; try -n \($0)" } ?? "")
        case .ignored:
            "it is not indexed: an ignore file, a hidden name or a link keeps it out"
        case .unknownFormat: "it is not indexed: lore does not read files of its kind"
        case .refused(let reason): "it is not indexed: \(reason)"
        case .notIndexedYet: "it is not indexed yet; run `lore index`"
        }
    }
}

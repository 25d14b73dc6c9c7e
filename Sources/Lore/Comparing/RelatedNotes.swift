/// The notes closest to a note.
public struct RelatedNotes: Sendable {
    /// Which notes are looked for.
    public enum Choice: Sendable {
        case all
        /// Those that the note does not link to and that do not link to it.
        case unlinked
    }

    /// A note that is close to another.
    public struct Note: Sendable {
        /// The note's path as it is shown.
        public let path: String
        public let title: String
        /// −1 to 1; see `docs/RETRIEVAL.md`.
        public let score: Double
        /// Whether one of the two notes links to the other.
        public let isLinked: Bool
        /// The passage of the note asked about that is nearest to one of this note.
        public let ownPassage: NotePassage
        /// That passage of this note.
        public let passage: NotePassage
    }

    /// The note asked about, by the path that is shown.
    public let path: String
    /// Best first.
    public internal(set) var notes: [Note] = []
    /// Notes that pass the filter; nil where there is none.
    public let passing: Int?
    /// What a person should know besides, one sentence each.
    public internal(set) var notices: [String] = []

    /// How many notes pass the filter, as a sentence; nil where there is none.
    public var filterSentence: String? { passing.map(SearchResult.sentence) }
}

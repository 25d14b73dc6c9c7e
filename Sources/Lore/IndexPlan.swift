/// What an indexing run would do.
public struct IndexPlan: Sendable {
    /// What would become of a note.
    public enum Change: String, Sendable {
        case added
        case changed
        case moved
        case deleted
    }

    /// One note that would change.
    public struct Entry: Sendable {
        /// As it is shown to users.
        public let path: String
        public let change: Change
        /// Of the note afterwards.
        public let chunks: Int
        /// Word pieces of its texts that would be embedded.
        public let tokens: Int
    }

    /// By folder; within one in the order of the files, the deleted ones last.
    public internal(set) var entries: [Entry] = []
    /// Of all texts that would be embedded, where they are paid for.
    var tokens = 0
    /// What embedding would cost, in US dollars, by an estimate that is hardly ever too low; nil where
    /// nothing is paid or nobody says what.
    public internal(set) var cost: Double?
    /// What the run would report.
    public internal(set) var report = IndexReport()
}

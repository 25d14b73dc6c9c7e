/// Passages that say the same or nearly the same.
public struct Duplicates: Sendable {
    /// How far the comparison has come.
    public struct Progress: Sendable {
        /// Products of two blocks of vectors.
        public let done: Int
        public let total: Int
    }

    /// Groups of two and more, those first that repeat most text.
    ///
    /// Each passage is like some other of its group. By path and line within a group.
    public internal(set) var groups: [[NotePassage]] = []
    /// Passages that were compared.
    public internal(set) var compared = 0
    /// Passages too short to count.
    public internal(set) var passedOver = 0
    /// Notes that pass the filter; nil where there is none.
    public let passing: Int?
    /// What a person should know besides, one sentence each.
    public internal(set) var notices: [String] = []

    /// How many notes pass the filter, as a sentence; nil where there is none.
    public var filterSentence: String? { passing.map(SearchResult.sentence) }
}

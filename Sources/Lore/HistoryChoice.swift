/// What of a conversation's earlier turns goes to the model: the setting `history`.
public enum HistoryChoice: String, Sendable, CaseIterable {
    /// As many of the last turns as fit.
    case trim
    /// The last turns, a set number of them.
    case window
    /// The user's own words, and a summary of what is too long.
    case summarize
    /// The turns that matter to the question.
    case retrieve
}

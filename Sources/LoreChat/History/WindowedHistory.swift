package import LoreCore

/// The last turns, a set number of them, or fewer where they do not fit.
package struct WindowedHistory: HistoryPolicy {
    private let limit: Int

    /// - Precondition: `turns` is not negative.
    package init(turns: Int) {
        precondition(turns >= 0, "a window of \(turns) turns")
        limit = turns
    }

    package func history(of turns: [ConversationTurn], in room: HistoryRoom) -> ChatHistory {
        ChatHistory(turns: room.last(turns.suffix(limit)), of: turns.count)
    }
}

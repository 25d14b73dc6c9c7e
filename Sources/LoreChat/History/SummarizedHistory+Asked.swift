package import LoreCore

extension SummarizedHistory {
    /// Of the tokens of answers, the part that a summary of them has which is asked for.
    private static let askedShare = 0.25

    /// The summary that stands for all of `turns` but the last `tail`, made and kept now; nil where one
    /// that was asked for stands for them already.
    ///
    /// One that was made before, since the window was full, is taken as it is.
    ///
    /// - Throws: `CancellationError`.
    package func summaryNow(
        of turns: [ConversationTurn], keepingLast tail: Int, in room: HistoryRoom
    ) async throws -> ConversationSummary? {
        guard let end = turns.dropLast(tail).last?.number, end > askedEnd,
            let summary = try await askedSummary(of: turns, to: end, in: room)
        else { return nil }
        keep(summary)
        return summary
    }

    /// A summary of the turns up to the one numbered `end`, at least; nil where there are none.
    func askedSummary(
        of turns: [ConversationTurn], to end: Int, in room: HistoryRoom
    ) async throws -> ConversationSummary? {
        var summary = kept.last
        let start = summary?.lastNumber ?? 0
        let added = turns.filter { $0.number > start && $0.number <= end }
        if !added.isEmpty {
            summary = try await summarizer.summary(
                of: added, after: summary, tokens: tokens(of: added, after: summary, in: room),
                count: room.count)
        }
        summary?.isAskedFor = true
        return summary
    }

    /// What such a summary may have: what an earlier one has, and a part of what is added.
    private func tokens(
        of added: [ConversationTurn], after earlier: ConversationSummary?, in room: HistoryRoom
    ) -> Int {
        let bytes = added.reduce(0) { $0 + CitedAnswer($1).withPlaces.utf8.count }
        let share = Int(Double(room.count.tokens(bytes: bytes)) * Self.askedShare)
        let wanted = room.count.tokens(earlier?.text ?? "") + share
        return max(Self.leastSummary, min(wanted, room.part(Self.summaryShare)))
    }
}

extension HistoryRoom {
    /// The tokens that `history` takes of it.
    package func tokens(of history: ChatHistory) -> Int { count.tokens(of: history) }
}

package import LoreCore

/// The last turns whole, a summary of those before them, and beside it what the user said in them, as
/// it is as long as it fits.
///
/// A summary is made when a request would be too long without it, and then of more turns than it
/// must, so that the next requests begin as this one does. Where one was asked for, the turns that it
/// stands for do not go whole again, though they might fit.
package struct SummarizedHistory: HistoryPolicy {
    let kept: [ConversationSummary]
    let summarizer: any Summarizer
    let keep: @Sendable (ConversationSummary) -> Void
    /// The last turn that a summary which was asked for stands for; 0: none was.
    let askedEnd: Int

    /// Parts of the room: a summary, the user's words beside it at most before turns give way to
    /// them, and of what is left the part that whole turns keep when a summary is made.
    static let summaryShare = 0.125
    private static let wordsShare = 0.65
    private static let tailShare = 0.4
    /// A summary of fewer tokens says nothing.
    static let leastSummary = 24

    /// - Parameters:
    ///   - kept: Summaries of the conversation that were made before.
    ///   - askedEnd: The last turn that one which was asked for stands for, though it may not be among
    ///     `kept`; 0 where none was.
    ///   - summarizer: Makes one.
    ///   - keep: Is told each that is made.
    package init(
        kept: [ConversationSummary], askedEnd: Int = 0, by summarizer: any Summarizer,
        keep: @escaping @Sendable (ConversationSummary) -> Void
    ) {
        self.kept = kept.sorted { $0.lastNumber < $1.lastNumber }
        self.askedEnd = askedEnd
        self.summarizer = summarizer
        self.keep = keep
    }

    package func history(
        of turns: [ConversationTurn], in room: HistoryRoom
    ) async throws -> ChatHistory {
        let last = room.last(turns.filter { $0.number > askedEnd })
        let place = Place(turns: turns, last: last, room: room)
        if place.last.count == turns.count {
            return ChatHistory(turns: place.last, of: turns.count)
        }
        for summary in kept where summary.lastNumber >= askedEnd {
            if let history = place.spacious(summary) { return history }
        }
        let summary = try await newSummary(of: turns, in: room)
        return place.history(beside: summary)
    }

    /// Turns, those of them that fit whole where nothing else is, and the room.
    private struct Place {
        let turns: [ConversationTurn]
        let last: [PastTurn]
        let room: HistoryRoom

        /// The turns behind `summary` whole and the user's words before; nil where one of both has no
        /// room.
        func spacious(_ summary: ConversationSummary) -> ChatHistory? {
            let later = turns.count { $0.number > summary.lastNumber }
            guard later <= last.count else { return nil }
            let (bare, words, left) = parts(beside: summary)
            let isWhole = bare.summary != nil && bare.turns.count == later
            guard isWhole, left >= min(words.tokens, room.part(SummarizedHistory.wordsShare)) else {
                return nil
            }
            return history(bare, words, left)
        }

        /// As many of the last turns as fit beside `summary`, and the user's words in what is left.
        func history(beside summary: ConversationSummary?) -> ChatHistory {
            let (bare, words, left) = parts(beside: summary)
            return history(bare, words, left)
        }

        private func history(_ bare: ChatHistory, _ words: WordsChoice, _ left: Int) -> ChatHistory
        {
            ChatHistory(
                turns: bare.turns, words: words.words(in: left), summary: bare.summary,
                of: turns.count)
        }

        /// Whole turns and a summary, if it fits; what the user said before; the tokens left for that.
        private func parts(
            beside summary: ConversationSummary?
        ) -> (ChatHistory, WordsChoice, Int) {
            let alone = ChatHistory(turns: [], summary: summary, of: turns.count)
            let used = room.fits(alone) ? summary : nil
            let taken = used == nil ? 0 : room.count.tokens(of: alone)
            let rest = HistoryRoom(tokens: room.tokens - taken, count: room.count)
            let whole = rest.last(last.filter { $0.number > used?.lastNumber ?? 0 })
            let bare = ChatHistory(turns: whole, summary: used, of: turns.count)
            let words = WordsChoice(
                turns: turns.filter { $0.number < whole.first?.number ?? Int.max },
                count: room.count)
            return (bare, words, room.tokens - room.count.tokens(of: bare))
        }
    }

    private func newSummary(
        of turns: [ConversationTurn], in room: HistoryRoom
    ) async throws -> ConversationSummary? {
        guard askedEnd <= kept.last?.lastNumber ?? 0 else {
            return try await askedSummary(of: turns, to: askedEnd, in: room)
        }
        let tokens = room.part(Self.summaryShare)
        guard tokens >= Self.leastSummary, let end = end(of: turns, tokens, room) else {
            return nil
        }
        let earlier = kept.last
        let start = earlier?.lastNumber ?? 0
        let added = turns.filter { $0.number > start && $0.number <= end }
        guard !added.isEmpty else {
            return earlier.map {
                ExtractiveSummarizer().shortened($0, tokens: tokens, count: room.count)
            }
        }
        let summary = try await summarizer.summary(
            of: added, after: earlier, tokens: tokens, count: room.count)
        keep(summary)
        return summary
    }

    /// The last turn that a summary of `tokens` tokens is to stand for.
    private func end(
        of turns: [ConversationTurn], _ tokens: Int, _ room: HistoryRoom
    ) -> Int? {
        let words = WordsChoice(turns: turns, count: room.count).tokens
        let taken = tokens + min(words, room.part(Self.wordsShare))
        let tail = HistoryRoom(
            tokens: Int(Double(room.tokens - taken) * Self.tailShare), count: room.count)
        let whole = tail.last(turns).count
        return turns.dropLast(whole).last?.number
    }
}

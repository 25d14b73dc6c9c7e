package import LoreCore

/// The turns that matter to the question, the last ones, and what the user said in all others as long
/// as it fits.
package struct RetrievedHistory: HistoryPolicy {
    private let terms: [QuestionTerm]
    private let meaning: TurnMeaning?

    /// Turns that go whole at most: the last, and others that matter; parts of the room for each.
    private static let lastTurns = 4
    private static let otherTurns = 8
    private static let lastShare = 0.35
    private static let otherShare = 0.35

    /// - Parameters:
    ///   - terms: The telling words of the question.
    ///   - meaning: Nil where there is no model.
    package init(terms: [QuestionTerm], meaning: TurnMeaning?) {
        self.terms = terms
        self.meaning = meaning
    }

    package func history(of turns: [ConversationTurn], in room: HistoryRoom) -> ChatHistory {
        let last = HistoryRoom(tokens: room.part(Self.lastShare), count: room.count)
            .last(turns.suffix(Self.lastTurns))
        let earlier = Array(turns.dropLast(last.count))
        let order = mattering(earlier)
        let others = fitting(
            order, HistoryRoom(tokens: room.part(Self.otherShare), count: room.count))
        let whole = (others + last).sorted { $0.number < $1.number }
        return ChatHistory(
            turns: whole, words: words(earlier, order, beside: whole, in: room), of: turns.count)
    }

    /// What the user said in turns that are not `whole`; what matters first.
    private func words(
        _ turns: [ConversationTurn], _ order: [ConversationTurn], beside whole: [PastTurn],
        in room: HistoryRoom
    ) -> [PastWords] {
        let numbers = Set(whole.map(\.number))
        let left = room.tokens - room.count.tokens(of: ChatHistory(turns: whole, of: whole.count))
        return WordsChoice(
            turns: turns.filter { !numbers.contains($0.number) }, count: room.count,
            preferred: Set(order.map(\.number))
        ).words(in: left)
    }

    /// As many of `turns`, from the first, as fit; one that is too long is passed over.
    private func fitting(_ turns: [ConversationTurn], _ room: HistoryRoom) -> [PastTurn] {
        var (chosen, left) = ([PastTurn](), room.tokens)
        for turn in turns.map(PastTurn.init) {
            let tokens = room.count.tokens(bytes: turn.bytes) + 2 * TokenCount.perMessage
            guard tokens <= left else { continue }
            left -= tokens
            chosen.append(turn)
        }
        return chosen
    }

    /// Turns that have more to do with the question than most, best first, the later of equals.
    private func mattering(_ turns: [ConversationTurn]) -> [ConversationTurn] {
        let scores = scores(of: turns)
        let order = turns.indices.filter { scores[$0] > 0 }
            .sorted { (scores[$1], $1) < (scores[$0], $0) }
        return order.prefix(Self.otherTurns).map { turns[$0] }
    }

    /// BM25 of the words, or the sum of the standardised BM25 and cosine where there is a meaning.
    private func scores(of turns: [ConversationTurn]) -> [Double] {
        let settings = AnswerSettings.standard
        let words = SentenceBM25(terms, k1: settings.k1, b: settings.b)
            .scores(of: turns.map { "\($0.question)\n\($0.answer)" })
        guard let meaning else { return words }
        let cosines = standardized(turns.map { meaning.cosine(of: $0) })
        return zip(standardized(words), cosines).map { settings.wordWeight * $0 + $1 }
    }
}

/// What a question and the turns before it mean, by one model.
package struct TurnMeaning: Sendable {
    /// `[D]`, of unit norm.
    package let question: [Float]
    /// By the number of the turn, each `[D]` and of unit norm.
    package let turns: [Int: [Float]]

    package init(question: [Float], turns: [Int: [Float]]) {
        self.question = question
        self.turns = turns
    }

    /// 0 for a turn that has no vector.
    func cosine(of turn: ConversationTurn) -> Double {
        guard let vector = turns[turn.number] else { return 0 }
        return zip(vector, question).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
}

extension ConversationTurn {
    /// What stands for the turn where turns are compared with a question.
    package var embeddedText: String { "\(question)\n\(CitedAnswer(self).withoutMarks)" }
}

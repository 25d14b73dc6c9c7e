package import LoreCore

/// Chooses what of a conversation's earlier turns a model is sent with the next question.
package protocol HistoryPolicy: Sendable {
    /// What of `turns`, earlier ones in their order, goes along within `room`.
    ///
    /// Throws `CancellationError` alone: what else fails on the way costs the history a part of it.
    func history(of turns: [ConversationTurn], in room: HistoryRoom) async throws -> ChatHistory
}

/// The tokens that earlier turns may take of a request.
package struct HistoryRoom: Sendable {
    package let tokens: Int
    package let count: TokenCount

    package init(tokens: Int, count: TokenCount) {
        self.tokens = tokens
        self.count = count
    }

    func fits(_ history: ChatHistory) -> Bool { count.tokens(of: history) <= tokens }

    func part(_ share: Double) -> Int { Int(Double(tokens) * share) }
}

/// Counts the tokens of a request, by what a model's texts have.
package struct TokenCount: Sendable {
    /// How many tokens so many bytes of UTF-8 text may have.
    private let most: @Sendable (_ bytes: Int) -> Int

    /// Tokens that tell a model where a turn begins and who speaks, at most.
    static let perMessage = 8
    /// Tokens that a provider adds to a request besides, at most.
    static let perRequest = 16

    package init(_ most: @escaping @Sendable (_ bytes: Int) -> Int) { self.most = most }

    func tokens(bytes: Int) -> Int { most(bytes) }

    /// The tokens of a request of so many bytes in so many messages.
    package func tokens(bytes: Int, messages: Int) -> Int {
        most(bytes) + Self.perRequest + (messages + 1) * Self.perMessage
    }

    func tokens(_ text: String) -> Int { most(text.utf8.count) }

    /// The most bytes that have no more than `tokens` tokens; 0 where there are none.
    func bytes(in tokens: Int) -> Int {
        var (fitting, tooMany) = (0, max(1, tokens) * Self.mostBytesPerToken)
        while tooMany - fitting > 1 {
            let middle = fitting + (tooMany - fitting) / 2
            if most(middle) <= tokens { fitting = middle } else { tooMany = middle }
        }
        return fitting
    }

    /// More than a token of any text has on average.
    private static let mostBytesPerToken = 16

    func tokens(of history: ChatHistory) -> Int {
        most(history.bytes) + history.messageCount * Self.perMessage
    }
}

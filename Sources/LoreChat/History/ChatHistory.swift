package import LoreCore

/// What of a conversation's earlier turns a model is sent.
package struct ChatHistory: Hashable, Sendable {
    /// Turns that go whole, in their order.
    package let turns: [PastTurn]
    /// What the user said in turns that do not go whole, in their order.
    package let words: [PastWords]
    /// What stands for answers that do not go whole.
    package let summary: ConversationSummary?
    /// Turns of which nothing goes but what a summary says.
    package let leftOut: Int

    private let opening: String

    package static let none = ChatHistory(turns: [], of: 0)

    /// A history of `count` turns, of which these go.
    package init(
        turns: [PastTurn], words: [PastWords] = [], summary: ConversationSummary? = nil,
        of count: Int
    ) {
        self.turns = turns
        self.words = words
        self.summary = summary
        leftOut = count - turns.count - words.count
        opening = Self.opening(words, summary)
    }

    /// The messages of a request whose last turn is `turn`: user and assistant take turns.
    ///
    /// What the user said before, and the summary, open the first of them: from question to question
    /// a request then begins alike.
    package func messages(before turn: String) -> [ChatMessage] {
        var messages = turns.flatMap {
            [ChatMessage(.user, $0.asked), ChatMessage(.assistant, $0.answer)]
        }
        messages.append(ChatMessage(.user, turn))
        messages[0] = ChatMessage(.user, opening + messages[0].text)
        return messages
    }

    /// Messages before the last.
    var messageCount: Int { turns.count * 2 }

    /// Bytes of text that it adds to a request.
    var bytes: Int { turns.reduce(opening.utf8.count) { $0 + $1.bytes } }

    /// What the user said stands as it is, since it is the user's own; the summary holds text of notes.
    private static func opening(_ words: [PastWords], _ summary: ConversationSummary?) -> String {
        var opening = ""
        if !words.isEmpty {
            opening += "Earlier in this conversation I wrote:\n"
            opening += words.map { "(\($0.number)) \($0.text)\n" }.joined() + "\n"
        }
        if let summary, !summary.text.isEmpty {
            let fence = Fence(around: [opening, summary.text])
            opening += fence.block("summary of earlier turns", summary.text)
        }
        return opening
    }
}

/// A turn as a later request shows it.
package struct PastTurn: Hashable, Sendable {
    package let number: Int
    package let question: String
    /// Never empty; without citations, whose numbers belong to other passages.
    package let answer: String

    package init(_ turn: ConversationTurn) {
        number = turn.number
        question = turn.question
        answer = Self.answer(of: turn)
    }

    /// What the user's turn says.
    var asked: String { "Question: \(question)" }

    var bytes: Int { asked.utf8.count + answer.utf8.count }

    private static func answer(of turn: ConversationTurn) -> String {
        if turn.isWithheld { return "(This answer is not for you.)" }
        let text = CitedAnswer(turn).withoutMarks
        if turn.isCut { return text + "…" }
        return text.isEmpty ? PromptBuilder.refusal : text
    }
}

/// What the user said in a turn, or the sentences of it that tell most.
package struct PastWords: Hashable, Sendable {
    package let number: Int
    package let text: String

    package init(number: Int, text: String) {
        self.number = number
        self.text = text
    }
}

package import LoreCore

/// `conversations --json` and `GET /api/conversations`.
package struct ConversationsBody: Encodable, Sendable {
    struct Entry: Encodable, Sendable {
        let id: String
        let title: String
        let startedAt: String
        let lastAskedAt: String
        let turns: Int
    }

    let conversations: [Entry]

    package init(_ conversations: [Conversation]) {
        self.conversations = conversations.map {
            Entry(
                id: $0.id, title: $0.title, startedAt: $0.startedAt, lastAskedAt: $0.lastAskedAt,
                turns: $0.turns)
        }
    }
}

/// `conversations show --json`, `GET /api/conversations/{id}`, and `/expand` of `chat --json`.
package struct ConversationBody: Encodable, Sendable {
    struct Turn: Encodable, Sendable {
        let answerId: String
        let askedAt: String
        let question: String
        let standaloneQuestion: String
        /// Absent where the answer was cut.
        let state: String?
        let cut: Bool
        let answer: String
        let citations: [CitationBody]
        let model: String
        let usage: UsageBody
        let trace: [StepBody]

        init(_ turn: ConversationTurn) {
            answerId = turn.answerID
            askedAt = turn.askedAt
            question = turn.question
            standaloneQuestion = turn.standaloneQuestion
            state = turn.state?.rawValue
            cut = turn.isCut
            answer = turn.answer
            citations = turn.citations.map(CitationBody.init)
            model = turn.model
            usage = UsageBody(turn.usage)
            trace = turn.trace.map(StepBody.init)
        }
    }

    let conversationId: String
    /// Absent where it was not asked for, or where there is none.
    let summary: SummaryBody?
    let turns: [Turn]

    package init(id: String, turns: [ConversationTurn], summary: ConversationSummary? = nil) {
        conversationId = id
        self.summary = summary.map(SummaryBody.init)
        self.turns = turns.map(Turn.init)
    }
}

/// `conversations delete --json` and `DELETE /api/conversations/{id}`.
package struct DeletedBody: Encodable, Sendable {
    let deleted: String

    package init(_ id: String) { deleted = id }
}

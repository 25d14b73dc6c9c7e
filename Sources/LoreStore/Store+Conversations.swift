import GRDB
package import LoreCore

/// A turn as it is when its question is asked.
package struct OpenedTurn: Hashable, Sendable {
    package let conversationID: String
    package let answerID: String
    /// RFC 3339, UTC.
    package let askedAt: String
    package let question: String
    package let standaloneQuestion: String
    package let model: String
    /// Numbers of the earlier turns whose answers its model is not given.
    package let withheld: [Int]

    package init(
        conversationID: String, answerID: String, askedAt: String, question: String,
        standaloneQuestion: String, model: String, withheld: [Int] = []
    ) {
        self.conversationID = conversationID
        self.answerID = answerID
        self.askedAt = askedAt
        self.question = question
        self.standaloneQuestion = standaloneQuestion
        self.model = model
        self.withheld = withheld
    }
}

extension Store {
    /// Keeps the question of a turn, as the next of its conversation, which is made where it is new.
    package func open(_ turn: OpenedTurn) throws {
        try uncounted { database in
            try database.execute(
                sql: """
                    INSERT INTO conversations VALUES (?, ?, ?, ?) ON CONFLICT(id)
                        DO UPDATE SET last_asked_at = max(last_asked_at, excluded.last_asked_at)
                    """,
                arguments: [turn.conversationID, turn.question, turn.askedAt, turn.askedAt])
            try database.execute(
                sql: """
                    INSERT INTO turns(
                        conversation_id, number, answer_id, asked_at, question,
                        standalone_question, model, withheld)
                    SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7
                    FROM turns WHERE conversation_id = ?1
                    """,
                arguments: [
                    turn.conversationID, turn.answerID, turn.askedAt, turn.question,
                    turn.standaloneQuestion, turn.model, JSONText.encode(turn.withheld),
                ])
        }
    }

    /// Keeps what there is of an answer that is still being written.
    package func keep(_ text: String, ofAnswer id: String) throws {
        try uncounted { database in
            try database.execute(
                sql: "UPDATE turns SET answer = ? WHERE answer_id = ?", arguments: [text, id])
        }
    }

    /// Keeps an answer, whole.
    package func close(_ answer: Answer) throws {
        try uncounted { database in
            try database.execute(
                sql: """
                    UPDATE turns SET state = ?, answer = ?, input_tokens = ?, output_tokens = ?,
                        cached_tokens = ?, cost_usd = ?, trace = ?, standalone_question = ?
                    WHERE answer_id = ?
                    """,
                arguments: [
                    answer.state.rawValue, answer.text, answer.usage.inputTokens,
                    answer.usage.outputTokens, answer.usage.cachedTokens, answer.usage.cost,
                    try JSONText.encode(answer.trace), answer.standaloneQuestion, answer.id,
                ])
            try keepCitations(of: answer, in: database)
        }
    }

    private func keepCitations(of answer: Answer, in database: Database) throws {
        let sql = "SELECT id FROM turns WHERE answer_id = ?"
        // The conversation may have been deleted while the answer was written.
        guard let turn = try Int64.fetchOne(database, sql: sql, arguments: [answer.id]) else {
            return
        }
        let paths = try StoreReader(database: database).shownPaths()
        for (place, citation) in answer.citations.enumerated() {
            try database.execute(
                sql: "INSERT INTO citations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    turn, place, citation.number, citation.folder,
                    paths.path(of: citation.path, below: citation.folder),
                    citation.range.bytes.lowerBound, citation.range.bytes.upperBound,
                    citation.range.lines.lowerBound, citation.range.lines.upperBound,
                    citation.page, citation.quote, citation.verified,
                    Int64(bitPattern: citation.chunkID.rawValue), answer.passage(of: citation),
                ])
        }
    }

    /// Forgets a conversation with its answers; what they cost stays.
    ///
    /// - Returns: False where there was none.
    package func deleteConversation(_ id: String) throws -> Bool {
        try uncounted { database in
            // By hand: cascades do not fire the triggers that take the words out of the index.
            try database.execute(
                sql: "DELETE FROM turns WHERE conversation_id = ?", arguments: [id])
            try database.execute(sql: "DELETE FROM conversations WHERE id = ?", arguments: [id])
            guard database.changesCount > 0 else { return false }
            // The deleted words lie in segments of their own until they are merged.
            try database.execute(sql: "INSERT INTO turns_fts(turns_fts) VALUES ('optimize')")
            return true
        }
    }
}

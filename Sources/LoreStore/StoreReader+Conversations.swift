import Foundation
import GRDB
package import LoreCore

extension StoreReader {
    /// The conversations, the last asked first; `words`, where given, stand in one of their turns.
    package func conversations(with words: String? = nil) throws -> [Conversation] {
        var condition = ""
        var arguments: StatementArguments = []
        if let words {
            let terms = try LexicalQuery(words, in: database).terms
            guard !terms.isEmpty else { return [] }
            condition = """
                WHERE id IN (SELECT conversation_id FROM turns WHERE id IN
                    (SELECT rowid FROM turns_fts WHERE turns_fts MATCH ?))
                """
            arguments = [terms.map { quoted($0.text) }.joined(separator: " AND ")]
        }
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT *, (SELECT count(*) FROM turns WHERE conversation_id = conversations.id)
                    AS turns
                FROM conversations \(condition) ORDER BY
                    (SELECT max(id) FROM turns WHERE conversation_id = conversations.id) DESC
                """, arguments: arguments)
        return rows.map {
            Conversation(
                id: $0["id"], title: $0["title"], startedAt: $0["started_at"],
                lastAskedAt: $0["last_asked_at"], turns: $0["turns"])
        }
    }

    private func quoted(_ text: String) -> String {
        "\"\(text.replacingOccurrences(of: "\"", with: "\"\""))\""
    }

    /// The id of the conversation that was asked last.
    package func latestConversationID() throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT conversation_id FROM turns ORDER BY id DESC LIMIT 1")
    }

    /// The ids of conversations that begin with `prefix`, at most two: enough to tell whether it
    /// names one.
    package func conversationIDs(beginning prefix: String) throws -> [String] {
        try ids(beginning: prefix, "id", of: "conversations")
    }

    /// The ids of answers that begin with `prefix`, at most two.
    package func answerIDs(beginning prefix: String) throws -> [String] {
        try ids(beginning: prefix, "answer_id", of: "turns")
    }

    private func ids(
        beginning prefix: String, _ column: String, of table: String
    ) throws -> [String] {
        try String.fetchAll(
            database,
            sql: """
                SELECT \(column) FROM \(table)
                WHERE substr(\(column), 1, length(?1)) = ?1 ORDER BY \(column) LIMIT 2
                """, arguments: [prefix])
    }

    /// The turns of a conversation, in their order; none where there is no such conversation.
    package func turns(ofConversation id: String) throws -> [ConversationTurn] {
        try turns("WHERE conversation_id = ? ORDER BY number", [id])
    }

    /// The turn whose answer is `id`.
    package func turn(ofAnswer id: String) throws -> ConversationTurn? {
        try turns("WHERE answer_id = ?", [id]).first
    }

    /// Every turn of every conversation that cites something, the last asked first.
    package func citingTurns() throws -> [ConversationTurn] {
        try turns(
            "WHERE id IN (SELECT turn_id FROM citations) ORDER BY asked_at DESC, id DESC", [])
    }

    /// The id of the answer that was asked for last and given; nil where there is none.
    package func lastAnswerID() throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT answer_id FROM turns WHERE state IS NOT NULL ORDER BY id DESC LIMIT 1")
    }

    /// What the answer `id` cites, in its order, each with the passage that was read.
    package func citedPassages(ofAnswer id: String) throws -> [CitedPassage] {
        try citedPassages("turn_id = (SELECT id FROM turns WHERE answer_id = ?)", [id])
    }

    private func turns(
        _ clause: String, _ arguments: StatementArguments
    ) throws -> [ConversationTurn] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM turns \(clause)", arguments: arguments
        ).map(turn)
    }

    private func turn(_ row: Row) throws -> ConversationTurn {
        let state: String? = row["state"]
        return ConversationTurn(
            number: row["number"], answerID: row["answer_id"], askedAt: row["asked_at"],
            question: row["question"], standaloneQuestion: row["standalone_question"],
            model: row["model"], state: state.flatMap(AnswerState.init), answer: row["answer"],
            citations: try citedPassages("turn_id = ?", [row["id"] as Int64]).map(\.citation),
            usage: Usage(
                inputTokens: row["input_tokens"], outputTokens: row["output_tokens"],
                cachedTokens: row["cached_tokens"], cost: row["cost_usd"]),
            trace: try JSONText.decode(row["trace"]), origins: try origins(ofTurn: row["id"]),
            withheld: try JSONText.numbers(row["withheld"]))
    }

    private func citedPassages(
        _ condition: String, _ arguments: StatementArguments
    ) throws -> [CitedPassage] {
        let paths = try shownPaths()
        return try Row.fetchAll(
            database, sql: "SELECT * FROM citations WHERE \(condition) ORDER BY place",
            arguments: arguments
        ).map { row in
            let chunk: Int64 = row["chunk_id"]
            return CitedPassage(
                citation: Citation(
                    number: row["number"], folder: row["folder"],
                    path: paths.shown(row["path"], in: row["folder"]),
                    range: SourceRange(
                        bytes: row["start_byte"]..<row["end_byte"],
                        lines: row["start_line"]...row["end_line"]),
                    page: row["page"], quote: row["quote"], verified: row["verified"],
                    chunkID: ChunkID(rawValue: UInt64(bitPattern: chunk))),
                path: row["path"], passage: row["passage"])
        }
    }
}

import GRDB
package import LoreCore

/// A batch of questions as it is kept.
package struct StoredBatch: Hashable, Sendable {
    package let id: String
    package let model: String
    /// RFC 3339, UTC.
    package let madeAt: String
    /// The provider's name of it; nil where it is not known to have been sent.
    package var remoteID: String?

    package init(id: String, model: String, madeAt: String, remoteID: String? = nil) {
        self.id = id
        self.model = model
        self.madeAt = madeAt
        self.remoteID = remoteID
    }
}

/// A question of a batch as it is kept.
package struct StoredBatchQuestion: Hashable, Sendable {
    /// In the order of the batch, from 1.
    package let number: Int
    /// The user's own id of it.
    package let name: String?
    package let question: String
    /// What was sent and what the answer is made from, as JSON.
    package let context: String
    /// What the model replied, or why it did not, as JSON; nil where nothing came yet.
    package let reply: String?

    package init(
        number: Int, name: String?, question: String, context: String, reply: String? = nil
    ) {
        self.number = number
        self.name = name
        self.question = question
        self.context = context
        self.reply = reply
    }
}

extension Store {
    /// Keeps a new batch with all its questions.
    package func add(_ batch: StoredBatch, _ questions: [StoredBatchQuestion]) throws {
        try uncounted { database in
            try database.execute(
                sql: "INSERT INTO batches VALUES (?, ?, ?, ?)",
                arguments: [batch.id, batch.model, batch.madeAt, batch.remoteID])
            for question in questions {
                try database.execute(
                    sql: """
                        INSERT INTO batch_questions(
                            batch_id, number, name, question, context, reply)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        batch.id, question.number, question.name, question.question,
                        question.context, question.reply,
                    ])
            }
        }
    }

    /// Sets aside what the questions of a batch may cost at most, in US dollars by their numbers, and
    /// nothing for others of it.
    package func setAside(_ amounts: [Int: Double], ofBatch id: String) throws {
        try uncounted { database in
            try database.execute(
                sql: "UPDATE batch_questions SET most_usd = NULL WHERE batch_id = ?",
                arguments: [id])
            for (number, amount) in amounts {
                try database.execute(
                    sql: """
                        UPDATE batch_questions SET most_usd = ? WHERE batch_id = ? AND number = ?
                        """,
                    arguments: [amount, id, number])
            }
        }
    }

    /// Keeps what the provider calls a batch.
    package func keep(remoteID: String, ofBatch id: String) throws {
        try uncounted { database in
            try database.execute(
                sql: "UPDATE batches SET remote_id = ? WHERE id = ?", arguments: [remoteID, id])
        }
    }

    /// Keeps replies by the numbers of their questions, and what they took.
    ///
    /// A question that has a reply keeps it, and nothing is entered a second time for it.
    package func keep(
        _ replies: [(number: Int, reply: String, call: ModelCall?)], ofBatch id: String
    ) throws {
        try uncounted { database in
            for (number, reply, call) in replies {
                try database.execute(
                    sql: """
                        UPDATE batch_questions SET reply = ?
                        WHERE batch_id = ? AND number = ? AND reply IS NULL
                        """,
                    arguments: [reply, id, number])
                if database.changesCount > 0, let call { try Self.insert(call, into: database) }
            }
        }
    }

    /// Forgets a batch.
    package func deleteBatch(_ id: String) throws {
        try uncounted { database in
            try database.execute(sql: "DELETE FROM batches WHERE id = ?", arguments: [id])
        }
    }
}

extension StoreReader {
    /// US dollars set aside for questions of batches that have no reply yet.
    package func costOfOpenBatches() throws -> Double {
        try Double.fetchOne(
            database,
            sql: """
                SELECT total(most_usd) FROM batch_questions
                WHERE reply IS NULL AND most_usd IS NOT NULL
                """) ?? 0
    }

    /// The batches whose ids begin so, the newest first.
    package func batches(beginning: String = "") throws -> [StoredBatch] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id, model, made_at, remote_id FROM batches
                WHERE substr(id, 1, length(?1)) = ?1 ORDER BY made_at DESC, id
                """,
            arguments: [beginning]
        ).map { row in
            StoredBatch(
                id: row["id"], model: row["model"], madeAt: row["made_at"],
                remoteID: row["remote_id"])
        }
    }

    /// The questions of a batch, in their order.
    package func questions(ofBatch id: String) throws -> [StoredBatchQuestion] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT number, name, question, context, reply FROM batch_questions
                WHERE batch_id = ? ORDER BY number
                """,
            arguments: [id]
        ).map { row in
            StoredBatchQuestion(
                number: row["number"], name: row["name"], question: row["question"],
                context: row["context"], reply: row["reply"])
        }
    }
}

import Foundation
import GRDB
package import LoreCore

extension Store {
    /// Keeps a summary of a conversation, in place of one that ends with the same turn; `time` is
    /// RFC 3339 in UTC.
    ///
    /// Of a conversation that was deleted meanwhile nothing is kept.
    package func keep(
        _ summary: ConversationSummary, ofConversation id: String, at time: String
    ) throws {
        try uncounted { database in
            try database.execute(
                sql: """
                    INSERT OR REPLACE INTO summaries
                    SELECT id, ?2, ?3, ?4, ?5, ?6 FROM conversations WHERE id = ?1
                    """,
                arguments: [
                    id, summary.lastNumber, time, summary.model, summary.text,
                    summary.isAskedFor,
                ])
        }
    }

    /// Keeps the vectors of the turns of those numbers, row for row of `batch`.
    ///
    /// - Throws: `StoreError.invalidVector` where a number is not finite or the dimensions are not
    ///   those of `fingerprint`; nothing is kept then.
    /// - Precondition: `numbers` and `batch` have equal counts.
    package func save(
        _ batch: EmbeddingBatch, ofTurns numbers: [Int], in conversation: String,
        madeBy fingerprint: EmbeddingFingerprint
    ) throws {
        precondition(
            numbers.count == batch.count, "\(batch.count) vectors for \(numbers.count) turns")
        try check(batch, against: fingerprint)
        try uncounted { database in
            let fingerprint = try Fingerprints.row(of: fingerprint, in: database)
            for (index, number) in numbers.enumerated() {
                try database.execute(
                    sql: """
                        INSERT OR REPLACE INTO turn_vectors
                        SELECT id, ?3, ?4 FROM turns WHERE conversation_id = ?1 AND number = ?2
                        """,
                    arguments: [
                        conversation, number, fingerprint,
                        batch[index].withUnsafeBytes { Data($0) },
                    ])
            }
        }
    }
}

extension StoreReader {
    /// The summaries of a conversation, by the last turn that they stand for.
    package func summaries(ofConversation id: String) throws -> [ConversationSummary] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT last_number, model, text, is_asked_for FROM summaries WHERE conversation_id = ?
                ORDER BY last_number
                """, arguments: [id]
        ).map {
            ConversationSummary(
                lastNumber: $0["last_number"], model: $0["model"], text: $0["text"],
                isAskedFor: $0["is_asked_for"])
        }
    }

    /// The vectors of a conversation's turns that `fingerprint` made, by the turns' numbers.
    package func turnVectors(
        ofConversation id: String, madeBy fingerprint: EmbeddingFingerprint
    ) throws -> [Int: [Float]] {
        guard let made = try Fingerprints.find(fingerprint, in: database) else { return [:] }
        let statement = try RawStatement(
            database,
            """
            SELECT number, vector FROM turns JOIN turn_vectors ON turn_vectors.turn_id = turns.id
            WHERE conversation_id = ? AND fingerprint_id = ?
            """)
        var vectors: [Int: [Float]] = [:]
        try statement.run(.text(id), .integer(made)) { row in
            vectors[Int(row.integer(0))] = try row.vector(1, of: fingerprint)
        }
        return vectors
    }
}

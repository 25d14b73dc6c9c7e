import GRDB
package import LoreCore

extension Store {
    /// Keeps the vectors of `texts`, row for row of `batch`, in one transaction.
    ///
    /// A text that no chunk needs any more is passed over: its note changed while it was embedded.
    ///
    /// - Throws: `StoreError.invalidVector` where a number is not finite or the dimensions are not
    ///   those of `fingerprint`; nothing is kept then.
    /// - Precondition: `texts` and `batch` have equal counts.
    package func save(
        _ batch: EmbeddingBatch, of texts: [PendingText], madeBy fingerprint: EmbeddingFingerprint
    ) throws {
        precondition(
            texts.count == batch.count, "\(batch.count) vectors for \(texts.count) texts")
        try check(batch, against: fingerprint)
        try write { database in
            let fingerprint = try Fingerprints.row(of: fingerprint, in: database)
            let embedded = try EmbeddedTexts(database)
            let insertion = try RawStatement(
                database, "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?, ?)")
            for (index, pending) in texts.enumerated() {
                guard let text = try embedded.find(pending.hash) else { continue }
                try insertion.run(
                    .integer(VectorRow.row(fingerprint: fingerprint, text: text)),
                    .integer(fingerprint), .integer(text),
                    .integer(Int64(batch.tokenCounts[index])),
                    .integer(batch.truncated[index] ? 1 : 0),
                    .blob(batch[index].withUnsafeBytes { [UInt8]($0) }))
            }
        }
    }

    func check(
        _ batch: EmbeddingBatch, against fingerprint: EmbeddingFingerprint
    ) throws {
        guard batch.dimensions == fingerprint.dimensions else {
            throw StoreError.invalidVector(
                model: fingerprint.model,
                reason: "\(batch.dimensions) dimensions, not \(fingerprint.dimensions)")
        }
        guard batch.values.allSatisfy(\.isFinite) else {
            throw StoreError.invalidVector(
                model: fingerprint.model, reason: "a number that is not finite")
        }
    }

    /// Drops all vectors of `fingerprint`, for example those of a model that no longer answers.
    package func removeVectors(of fingerprint: EmbeddingFingerprint) throws {
        try write { database in
            guard let row = try Fingerprints.find(fingerprint, in: database) else { return }
            let rows = VectorRow.rows(of: row)
            try database.execute(
                sql: "DELETE FROM vectors WHERE id BETWEEN ? AND ?",
                arguments: [rows.lowerBound, rows.upperBound])
        }
    }
}

extension StoreReader {
    /// Texts without a vector of `fingerprint`, each once, by the row of their first chunk.
    ///
    /// To embed all, ask again after the last row of each answer until it is empty: each chunk is
    /// then looked at once.
    ///
    /// - Parameters:
    ///   - fingerprint: How the vectors are made.
    ///   - documents: Those whose chunks are left out, by row.
    ///   - row: Only chunks after this one are looked at; 0 for all.
    ///   - limit: Texts at most.
    /// - Returns: The texts, by the row of their first chunk.
    /// - Throws: The errors of any read.
    package func pendingTexts(
        for fingerprint: EmbeddingFingerprint, leavingOut documents: [Int64] = [],
        after row: Int64 = 0, limit: Int
    ) throws -> [PendingText] {
        let known = try Fingerprints.find(fingerprint, in: database) ?? 0
        let statement = try RawStatement(
            database,
            """
            SELECT chunks.id, hash, title, heading, text, date, lead, documents.path, start_line,
                end_line, folders.name, tags, local_only
            FROM chunks JOIN embedded_texts ON embedded_texts.id = chunks.embedded_text_id
                JOIN documents ON documents.id = chunks.document_id
                JOIN folders ON folders.id = documents.folder_id
            WHERE chunks.id > ?1
                AND chunks.document_id NOT IN (SELECT value FROM json_each(?4))
                AND NOT EXISTS (
                    SELECT 1 FROM vectors WHERE fingerprint_id = ?2
                        AND vectors.embedded_text_id = chunks.embedded_text_id)
                AND NOT EXISTS (
                    SELECT 1 FROM chunks AS earlier INDEXED BY chunks_text
                    WHERE earlier.embedded_text_id = chunks.embedded_text_id
                        AND earlier.id < chunks.id AND earlier.id > ?1
                        AND earlier.document_id NOT IN (SELECT value FROM json_each(?4)))
            ORDER BY chunks.id LIMIT ?3
            """)
        var pending: [PendingText] = []
        try statement.run(
            .integer(row), .integer(known), .integer(Int64(limit)),
            .text(JSONText.encode(documents.map(Int.init)))
        ) { row in
            let text = Chunk.embeddedText(
                title: row.text(2), heading: try JSONText.strings(row.text(3)),
                date: row.isNull(5) ? nil : row.text(5), lead: row.text(6), text: row.text(4))
            pending.append(
                PendingText(
                    row: row.integer(0), hash: try contentHash(row.blob(1)), text: text,
                    path: row.text(7), lines: Int(row.integer(8))...Int(row.integer(9)),
                    marks: try row.noteMarks(from: 10)))
        }
        return pending
    }

    /// Texts without a vector of `fingerprint`, but for those that only chunks of the left out
    /// documents need.
    ///
    /// Where none is left out, counts rows of the smallest tables: every search asks.
    package func pendingCount(
        for fingerprint: EmbeddingFingerprint, leavingOut documents: [Int64] = []
    ) throws -> Int {
        let all = try pendingCount(for: fingerprint)
        guard all > 0, !documents.isEmpty else { return all }
        let known = try Fingerprints.find(fingerprint, in: database) ?? 0
        let leftOut = try Int.fetchOne(
            database,
            sql: """
                WITH left_out(id) AS MATERIALIZED (SELECT value FROM json_each(?))
                SELECT count(DISTINCT embedded_text_id) FROM chunks
                WHERE document_id IN left_out
                    AND NOT EXISTS (
                        SELECT 1 FROM vectors WHERE fingerprint_id = ?
                            AND vectors.embedded_text_id = chunks.embedded_text_id)
                    AND NOT EXISTS (
                        SELECT 1 FROM chunks AS other INDEXED BY chunks_text
                        WHERE other.embedded_text_id = chunks.embedded_text_id
                            AND other.document_id NOT IN left_out)
                """, arguments: [JSONText.encode(documents.map(Int.init)), known])
        return all - (leftOut ?? 0)
    }

    private func pendingCount(for fingerprint: EmbeddingFingerprint) throws -> Int {
        let known = try Fingerprints.find(fingerprint, in: database) ?? 0
        let range = VectorRow.rows(of: known)
        return try Int.fetchOne(
            database,
            sql: """
                SELECT (SELECT count(*) FROM embedded_texts)
                    - (SELECT count(*) FROM vector_codes WHERE vector_id BETWEEN ? AND ?)
                """, arguments: [range.lowerBound, range.upperBound]) ?? 0
    }

    /// Notes in the index.
    package func documentCount() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM documents") ?? 0
    }

    /// Chunks in the index.
    package func chunkCount() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM chunks") ?? 0
    }
}

import GRDB

/// What a mending did.
package struct MendingCounts: Hashable, Sendable {
    package internal(set) var rowsWithoutOwner = 0
    /// Notes that the next indexing reads again.
    package internal(set) var documentsToRead = 0
    package internal(set) var textsWithoutChunk = 0
    package internal(set) var invalidVectors = 0
    /// Vectors of models that no longer answer.
    package internal(set) var oldVectors = 0
    package internal(set) var fullTextRebuilt = false
    package internal(set) var indexesRebuilt = false

    package var isEmpty: Bool { self == MendingCounts() }
}

extension Store {
    /// Whether the full-text index in the file at `path` is exactly that of the chunks.
    ///
    /// SQLite takes the write lock for the comparison, so who calls this should hold the lease;
    /// nothing is written. True also where the file may not be written: that cannot be told then.
    package static func fullTextIsSound(at path: String) throws -> Bool {
        do {
            try translatingErrors(path: path) {
                let queue = try openComparer(at: path)
                try queue.inTransaction(.immediate) { database in
                    try database.execute(sql: FullText.comparison)
                    return .rollback
                }
                try queue.close()
            }
            return true
        } catch StoreError.damaged {
            return false
        } catch StoreError.readOnly, StoreError.cannotOpen {
            return true
        }
    }

    /// Mends what can be mended from what the file itself holds.
    ///
    /// A note whose chunks are not all there is marked, so that the next indexing reads it again.
    ///
    /// - Returns: What was done.
    /// - Throws: `StoreError.damaged` where the file's structure is past mending.
    package func mend() throws -> MendingCounts {
        var counts = MendingCounts()
        if try !read({ try $0.structureProblems(isThorough: true) }).isEmpty {
            try uncounted { try $0.execute(sql: "REINDEX") }
            counts.indexesRebuilt = true
        }
        let isSound = try Self.fullTextIsSound(at: path)
        try write { database in
            var mending = Mending(database: database, counts: counts)
            try mending.run(fullTextIsSound: isSound)
            counts = mending.counts
        }
        return counts
    }

    /// Rewrites the file without a trace of what was deleted, and empties the log.
    ///
    /// - Throws: `StoreError.locked` where a reader of another process is in the way.
    package func purge() throws {
        try uncounted { try $0.execute(sql: FullText.optimization) }
        try outsideTransactions { database in
            try database.execute(sql: "VACUUM")
            try database.checkpoint(.truncate)
        }
    }
}

/// The steps of a mending, inside the caller's transaction.
private struct Mending {
    let database: Database
    var counts: MendingCounts

    mutating func run(fullTextIsSound: Bool) throws {
        try removeRowsWithoutOwner()
        try removeVectors()
        if !fullTextIsSound || counts.rowsWithoutOwner > 0 {
            try database.execute(sql: FullText.rebuild)
            counts.fullTextRebuilt = true
        }
        // Only now do the counts of the full-text index tell what is missing of a note.
        try markIncompleteDocuments()
        try recountTokens()
        try forgetCodes()
    }

    /// All codes can be made again from the vectors.
    private func forgetCodes() throws {
        try database.execute(
            sql: """
                DELETE FROM code_blocks;
                DELETE FROM vector_codes;
                INSERT INTO vector_codes SELECT id, NULL FROM vectors;
                """)
    }

    private mutating func removeRowsWithoutOwner() throws {
        for table in ["documents", "skipped_files"] {
            counts.rowsWithoutOwner += try delete(
                "\(table) WHERE folder_id NOT IN (SELECT id FROM folders)")
        }
        counts.rowsWithoutOwner += try delete(
            """
            chunks WHERE document_id NOT IN (SELECT id FROM documents) OR id >> 20 <> document_id
            """)
    }

    /// A stamp that no file has and a cut that serves no model: the next indexing reads the note.
    private mutating func markIncompleteDocuments() throws {
        let incomplete = try StoreReader(database: database).incompleteDocuments()
        let mark = try RawStatement(
            database, "UPDATE documents SET size = -1, chunking = '' WHERE id = ? AND size <> -1")
        for row in incomplete {
            try mark.run(.integer(row))
            counts.documentsToRead += database.changesCount
        }
    }

    private mutating func removeVectors() throws {
        let texts = "SELECT id FROM embedded_texts"
        counts.oldVectors = try delete(
            """
            vectors WHERE fingerprint_id <> coalesce(
                (SELECT value FROM settings WHERE name = 'active_fingerprint'), fingerprint_id)
            """)
        _ = try delete(
            """
            fingerprints WHERE id <> coalesce(
                (SELECT value FROM settings WHERE name = 'active_fingerprint'), id)
            """)
        counts.invalidVectors = try delete("vectors WHERE embedded_text_id NOT IN (\(texts))")
        for row in try StoreReader(database: database).invalidVectors() {
            counts.invalidVectors += try delete("vectors WHERE id = \(row)")
        }
        let orphans = "NOT IN (SELECT embedded_text_id FROM chunks)"
        _ = try delete("vectors WHERE embedded_text_id \(orphans)")
        counts.textsWithoutChunk = try delete("embedded_texts WHERE id \(orphans)")
    }

    private func recountTokens() throws {
        let counted = try StoreReader(database: database).documentLengths()
        let rows = try Int64.fetchAll(database, sql: "SELECT id FROM documents")
        let statements = try DocumentStatements(database)
        for row in rows {
            try statements.setLengths(row, counted[row] ?? DocumentLengths(document: row))
        }
    }

    /// - Returns: Rows deleted.
    private func delete(_ rows: String) throws -> Int {
        try database.execute(sql: "DELETE FROM \(rows)")
        return database.changesCount
    }
}

import GRDB
package import LoreCore

/// Faults of documents and chunks that SQLite itself does not see, counted.
package struct ContentFaults: Hashable, Sendable {
    /// Chunks that are not in the full-text index, and entries of it without a chunk.
    package internal(set) var chunksNotIndexed = 0
    package internal(set) var entriesWithoutChunk = 0
    /// Notes of which a chunk is missing, or is not where its row says.
    package internal(set) var incompleteDocuments = 0
    /// Texts that no chunk has.
    package internal(set) var textsWithoutChunk = 0

    package var isEmpty: Bool { self == ContentFaults() }
}

/// A making of vectors that the index holds.
package struct StoredFingerprint: Hashable, Sendable {
    package let fingerprint: EmbeddingFingerprint
    package let vectors: Int
    /// Of its vectors.
    package let bytes: Int64
    package let isActive: Bool
}

extension StoreReader {
    /// What SQLite finds wrong in the file's structure; empty where it is sound.
    ///
    /// - Parameter isThorough: Whether indexes are compared with their tables as well.
    /// - Returns: At most ten sentences of SQLite's.
    /// - Throws: `StoreError.damaged` where not even that can be told.
    package func structureProblems(isThorough: Bool) throws -> [String] {
        let check = isThorough ? "integrity_check" : "quick_check"
        return try String.fetchAll(database, sql: "PRAGMA \(check)(10)").filter { $0 != "ok" }
    }

    /// Rows that refer to rows which are not there.
    package func brokenReferences() throws -> Int {
        try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").count
    }

    /// Compares documents, chunks, texts and the rows of the full-text index.
    package func contentFaults() throws -> ContentFaults {
        ContentFaults(
            chunksNotIndexed: try count(
                "chunks WHERE id NOT IN (SELECT id FROM chunks_fts_docsize)"),
            entriesWithoutChunk: try count(
                "chunks_fts_docsize WHERE id NOT IN (SELECT id FROM chunks)"),
            incompleteDocuments: try incompleteDocuments().count,
            textsWithoutChunk: try count(
                "embedded_texts WHERE id NOT IN (SELECT embedded_text_id FROM chunks)"))
    }

    private func count(_ rows: String) throws -> Int {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \(rows)") ?? 0
    }

    /// Rows of documents whose chunks are not all there, in order.
    func incompleteDocuments() throws -> [Int64] {
        let misplaced = try Int64.fetchAll(
            database,
            sql: """
                SELECT document_id FROM chunks WHERE id >> 20 <> document_id
                    OR embedded_text_id NOT IN (SELECT id FROM embedded_texts)
                UNION SELECT document_id FROM chunks
                    GROUP BY document_id HAVING max(ordinal) + 1 <> count(*)
                """)
        let counted = try documentLengths()
        var wrong = Set(misplaced)
        let statement = try RawStatement(
            database,
            """
            SELECT id, body_tokens, chunk_tokens FROM documents INDEXED BY documents_length
            """)
        try statement.run { row in
            let document = row.integer(0)
            let lengths = counted[document] ?? DocumentLengths(document: document)
            let isTrue =
                lengths.bodyTokens == row.integer(1)
                && lengths.chunkTokens.elementsEqual(row.blob(2))
            if !isTrue { wrong.insert(document) }
        }
        return wrong.sorted()
    }

    /// The lengths of each document with a chunk, as the full-text index has counted them.
    func documentLengths() throws -> [Int64: DocumentLengths] {
        var lengths: [Int64: DocumentLengths] = [:]
        let statement = try RawStatement(
            database, "SELECT id, sz FROM chunks_fts_docsize ORDER BY id")
        try statement.run { row in
            let document = ChunkRow.document(of: row.integer(0))
            lengths[document, default: DocumentLengths(document: document)].add(
                row.integer(0), sizes: row.blob(1))
        }
        return lengths
    }

    /// The makings of vectors that the index holds, oldest first.
    package func fingerprints() throws -> [StoredFingerprint] {
        let active = try activeFingerprint()
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT json, count(vectors.id) AS vectors, coalesce(sum(length(vector)), 0) AS bytes
                FROM fingerprints LEFT JOIN vectors ON fingerprint_id = fingerprints.id
                GROUP BY fingerprints.id ORDER BY fingerprints.id
                """)
        return try rows.map { row in
            let fingerprint = try Fingerprints.decode(row["json"])
            return StoredFingerprint(
                fingerprint: fingerprint, vectors: row["vectors"], bytes: row["bytes"],
                isActive: fingerprint == active)
        }
    }

    /// Vectors that are not of finite numbers, of unit length, or as long as their making says.
    package func invalidVectorCount() throws -> Int { try invalidVectors().count }

    /// Rows of vectors that no search can use, in order.
    func invalidVectors() throws -> [Int64] {
        let known = try fingerprintRows()
        var invalid: [Int64] = []
        let statement = try RawStatement(
            database, "SELECT id, fingerprint_id, embedded_text_id, vector FROM vectors")
        try statement.run { row in
            let (fingerprint, text) = (row.integer(1), row.integer(2))
            let isPlaced =
                row.integer(0) == VectorRow.row(fingerprint: fingerprint, text: text)
            if !isPlaced || !isUnit(row.blob(3), dimensions: known[fingerprint] ?? -1) {
                invalid.append(row.integer(0))
            }
        }
        return invalid
    }

    private func fingerprintRows() throws -> [Int64: Int] {
        var dimensions: [Int64: Int] = [:]
        for row in try Row.fetchAll(database, sql: "SELECT id, json FROM fingerprints") {
            dimensions[row["id"]] = try Fingerprints.decode(row["json"]).dimensions
        }
        return dimensions
    }

    private func isUnit(_ bytes: UnsafeRawBufferPointer, dimensions: Int) -> Bool {
        guard bytes.count == dimensions * MemoryLayout<Float>.size else { return false }
        var square = 0.0
        for offset in stride(from: 0, to: bytes.count, by: MemoryLayout<Float>.size) {
            let value = Double(bytes.loadUnaligned(fromByteOffset: offset, as: Float.self))
            square += value * value
        }
        return abs(square - 1) < 1e-2
    }
}

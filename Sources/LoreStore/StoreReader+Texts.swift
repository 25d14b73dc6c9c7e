package import LoreCore

extension StoreReader {
    /// Calls `body` with each chunk, the text it says and the bytes of its own part of that, by row.
    ///
    /// - Throws: What `body` throws.
    package func forEachChunkText(
        _ body: (_ chunk: Int64, _ text: Int64, _ bytes: UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let statement = try RawStatement(
            database, "SELECT id, embedded_text_id, text FROM chunks ORDER BY id")
        try statement.run { try body($0.integer(0), $0.integer(1), $0.utf8(2)) }
    }

    /// Calls `body` with each document and the bytes of its chunks, one behind the other without what
    /// stands between them, by row.
    ///
    /// - Throws: What `body` throws.
    package func forEachDocumentText(
        _ body: (_ document: Int64, _ bytes: [UInt8]) throws -> Void
    ) throws {
        let statement = try RawStatement(
            database, "SELECT document_id, text FROM chunks ORDER BY document_id, ordinal")
        var (document, bytes): (Int64?, [UInt8]) = (nil, [])
        try statement.run { row in
            if let done = document, done != row.integer(0) {
                try body(done, bytes)
                bytes = []
            }
            document = row.integer(0)
            bytes += row.utf8(1)
        }
        if let document { try body(document, bytes) }
    }

    /// Calls `body` with each of `chunks` that is there: its place in its note from 0, the text it says,
    /// and the bytes of its own part of that.
    ///
    /// - Throws: What `body` throws.
    package func forEachChunkText(
        of chunks: [Int64],
        _ body: (
            _ chunk: Int64, _ ordinal: Int, _ text: Int64, _ bytes: UnsafeBufferPointer<UInt8>
        ) throws -> Void
    ) throws {
        let statement = try RawStatement(
            database, "SELECT ordinal, embedded_text_id, text FROM chunks WHERE id = ?")
        for chunk in chunks {
            try statement.run(.integer(chunk)) {
                try body(chunk, Int($0.integer(0)), $0.integer(1), $0.utf8(2))
            }
        }
    }

    /// The row of the chunk of `document` that stands at `ordinal`, from 0; nil where there is none.
    package func chunk(ofDocument document: Int64, at ordinal: Int) throws -> Int64? {
        let statement = try RawStatement(
            database, "SELECT id FROM chunks WHERE document_id = ? AND ordinal = ?")
        var row: Int64?
        try statement.run(.integer(document), .integer(Int64(ordinal))) { row = $0.integer(0) }
        return row
    }

    /// Rows of the texts that have a vector of `fingerprint`, ascending.
    package func texts(withVectorsOf fingerprint: EmbeddingFingerprint) throws -> [Int64] {
        guard let known = try Fingerprints.find(fingerprint, in: database) else { return [] }
        let range = VectorRow.rows(of: known)
        let statement = try RawStatement(
            database,
            """
            SELECT vector_id FROM vector_codes WHERE vector_id BETWEEN ? AND ? ORDER BY vector_id
            """)
        var texts: [Int64] = []
        try statement.run(.integer(range.lowerBound), .integer(range.upperBound)) {
            texts.append(VectorRow.text(of: $0.integer(0)))
        }
        return texts
    }
}

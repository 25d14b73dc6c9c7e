import GRDB
import GRDBSQLite
package import LoreCore

extension StoreReader {
    /// Whether a vector has no code yet.
    func hasUncoded() throws -> Bool {
        try Bool.fetchOne(
            database, sql: "SELECT EXISTS (SELECT 1 FROM vector_codes WHERE block_id IS NULL)")
            ?? false
    }

    /// The blocks that hold codes of `fingerprint`'s vectors; a block never changes.
    package func codeBlocks(of fingerprint: EmbeddingFingerprint) throws -> [Int64] {
        guard let known = try Fingerprints.find(fingerprint, in: database) else { return [] }
        return try Int64.fetchAll(
            database, sql: "SELECT id FROM code_blocks WHERE fingerprint_id = ? ORDER BY id",
            arguments: [known])
    }

    /// Reads the codes in `blocks`, one after the other.
    ///
    /// - Parameters:
    ///   - blocks: Of `codeBlocks(of:)` in the same `read`.
    ///   - place: Room for a block of so many bytes.
    /// - Throws: The errors of any read.
    package func readCodes(
        in blocks: [Int64], into place: (Int) throws -> UnsafeMutableRawBufferPointer
    ) throws {
        guard let first = blocks.first else { return }
        // Tens of megabytes: from the mapped file, not page by page through calls and copies. Only
        // here, for what is mapped counts as the process's memory.
        try database.execute(sql: "PRAGMA mmap_size = 2000000000")
        // Where it stays mapped, the next read is as right.
        defer { try? database.execute(sql: "PRAGMA mmap_size = 0") }
        var blob: OpaquePointer?
        defer { sqlite3_blob_close(blob) }
        try check(
            sqlite3_blob_open(
                database.sqliteConnection, "main", "code_blocks", "codes", first, 0, &blob))
        for block in blocks {
            try check(sqlite3_blob_reopen(blob, block))
            let count = sqlite3_blob_bytes(blob)
            let room = try place(Int(count))
            try check(sqlite3_blob_read(blob, room.baseAddress, count, 0))
        }
    }

    /// Hands the bytes of `block` to `body`.
    package func withCodes(
        inBlock block: Int64, _ body: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        try RawStatement(database, "SELECT codes FROM code_blocks WHERE id = ?")
            .run(.integer(block)) { try body($0.blob(0)) }
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage)
        }
    }

    /// Vectors of `fingerprint` that no block holds a code of.
    package func uncodedVectors(of fingerprint: EmbeddingFingerprint) throws -> UncodedVectors {
        guard let known = try Fingerprints.find(fingerprint, in: database) else {
            return UncodedVectors(texts: [], values: [])
        }
        let range = VectorRow.rows(of: known)
        return try vectors(
            "block_id IS NULL AND vector_id BETWEEN ? AND ?",
            [.integer(range.lowerBound), .integer(range.upperBound)]
        ) { try $0.vector(1, of: fingerprint) }
    }

    /// The vectors whose codes `block` should hold.
    package func vectors(inBlock block: Int64) throws -> UncodedVectors {
        try vectors("block_id = ?", [.integer(block)]) { $0.floats(1) }
    }

    /// The vectors whose memberships fulfil `condition`, each as `numbers` reads its row.
    private func vectors(
        _ condition: String, _ values: [RawValue], numbers: (RawStatement) throws -> [Float]
    ) throws -> UncodedVectors {
        let statement = try RawStatement(
            database,
            """
            SELECT vector_id, vector FROM vector_codes JOIN vectors ON vectors.id = vector_id
            WHERE \(condition) ORDER BY vector_id
            """)
        var texts: [Int64] = []
        var found: [Float] = []
        try statement.run(values) { row in
            texts.append(VectorRow.text(of: row.integer(0)))
            found += try numbers(row)
        }
        return UncodedVectors(texts: texts, values: found)
    }

    /// Vectors that are neither coded nor known to await a code: no search would find them.
    package func vectorsWithoutMembership() throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT count(*) FROM vectors WHERE id NOT IN (SELECT vector_id FROM vector_codes)"
        )
            ?? 0
    }

    /// Calls `body` with the vector of each of `texts` that has one, and its index there.
    ///
    /// - Throws: `StoreError.invalidVector` where a vector has not the dimensions of `fingerprint`;
    ///   what `body` throws.
    package func forEachVector(
        of texts: [Int64], madeBy fingerprint: EmbeddingFingerprint,
        _ body: (_ index: Int, _ vector: [Float]) throws -> Void
    ) throws {
        guard let known = try Fingerprints.find(fingerprint, in: database) else { return }
        let statement = try RawStatement(database, "SELECT vector FROM vectors WHERE id = ?")
        for (index, text) in texts.enumerated() {
            let row = VectorRow.row(fingerprint: known, text: text)
            try statement.run(.integer(row)) {
                try body(index, $0.vector(0, of: fingerprint))
            }
        }
    }

    /// Rows of the chunks that say each of `texts`, ascending.
    package func chunks(ofTexts texts: [Int64]) throws -> [[Int64]] {
        let statement = try RawStatement(
            database,
            """
            SELECT id FROM chunks INDEXED BY chunks_text WHERE embedded_text_id = ? ORDER BY id
            """)
        return try texts.map { text in
            var rows: [Int64] = []
            try statement.run(.integer(text)) { rows.append($0.integer(0)) }
            return rows
        }
    }

    /// Rows of the texts that `chunks` say, in their order; nil for a chunk that is not there.
    package func texts(ofChunks chunks: [Int64]) throws -> [Int64?] {
        let statement = try RawStatement(
            database, "SELECT embedded_text_id FROM chunks WHERE id = ?")
        return try chunks.map { chunk in
            var text: Int64?
            try statement.run(.integer(chunk)) { text = $0.integer(0) }
            return text
        }
    }

    /// Calls `body` with each text and a chunk that says it, by text.
    package func forEachTextOfChunk(_ body: (_ text: Int64, _ chunk: Int64) -> Void) throws {
        let statement = try RawStatement(
            database, "SELECT embedded_text_id, id FROM chunks INDEXED BY chunks_text")
        try statement.run { body($0.integer(0), $0.integer(1)) }
    }
}

extension RawStatement {
    /// The numbers of a blob.
    func floats(_ column: Int32) -> [Float] {
        let bytes = blob(column)
        return [Float](unsafeUninitializedCapacity: bytes.count / 4) { numbers, count in
            count = bytes.count / 4
            UnsafeMutableRawBufferPointer(numbers).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: bytes[..<(count * 4)]))
        }
    }

    /// The vector in a blob, which has the dimensions of `fingerprint`.
    func vector(
        _ column: Int32, of fingerprint: EmbeddingFingerprint
    ) throws -> [Float] {
        let bytes = blob(column).count
        guard bytes == fingerprint.dimensions * MemoryLayout<Float>.size else {
            throw StoreError.invalidVector(
                model: fingerprint.model,
                reason: "\(bytes) bytes, not \(fingerprint.dimensions * 4)")
        }
        return floats(column)
    }
}

import GRDB

/// Vectors of one making that are to be coded together.
package struct UncodedVectors: Sendable {
    /// Rows of the texts, ascending, `[n]`.
    package let texts: [Int64]
    /// `[n × D]`, row by row.
    package let values: [Float]
}

extension Store {
    /// Vectors of a block: so many that reading a block costs little each, so few that coding them
    /// anew when one is gone costs milliseconds.
    package static let blockVectors = 512

    /// Codes vectors that have no code yet, block by block, each in a transaction of its own.
    ///
    /// - Parameters:
    ///   - fullBlocksOnly: Whether to leave what does not fill a block for later; else small blocks
    ///     are coded anew with it, so that few stay small.
    ///   - encode: Makes the bytes of a block.
    /// - Throws: `StoreError`, and what `encode` throws.
    package func codeVectors(
        fullBlocksOnly: Bool, _ encode: (UncodedVectors) throws -> [UInt8]
    ) throws {
        guard try read({ try $0.hasUncoded() }) else { return }
        // What the index says stays the same: readers need not look again.
        while try uncounted({
            try BlockWriter(database: $0, fullBlocksOnly: fullBlocksOnly).writeNext(encode)
        }) {}
    }
}

/// Writes one block of codes, inside the caller's transaction.
private struct BlockWriter {
    let database: Database
    let fullBlocksOnly: Bool

    /// Writes the next block, if there is one to write.
    func writeNext(_ encode: (UncodedVectors) throws -> [UInt8]) throws -> Bool {
        for fingerprint in try uncodedMakings() {
            guard let rows = try rowsOfNextBlock(fingerprint) else { continue }
            let codes = try encode(vectors(rows))
            try insert(codes, of: rows, fingerprint)
            return true
        }
        return false
    }

    private func uncodedMakings() throws -> [Int64] {
        try Int64.fetchAll(
            database,
            sql: """
                SELECT id FROM fingerprints WHERE EXISTS (
                    SELECT 1 FROM vector_codes WHERE block_id IS NULL
                        AND vector_id BETWEEN id << 40 AND (id + 1 << 40) - 1)
                """)
    }

    private func rowsOfNextBlock(_ fingerprint: Int64) throws -> [Int64]? {
        var rows = try uncoded(fingerprint)
        if fullBlocksOnly { return rows.count == Store.blockVectors ? rows : nil }
        while rows.count < Store.blockVectors, try dissolveSmallBlock(fingerprint) {
            rows = try uncoded(fingerprint)
        }
        return rows.isEmpty ? nil : rows
    }

    private func uncoded(_ fingerprint: Int64) throws -> [Int64] {
        let range = VectorRow.rows(of: fingerprint)
        return try Int64.fetchAll(
            database,
            sql: """
                SELECT vector_id FROM vector_codes
                WHERE block_id IS NULL AND vector_id BETWEEN ? AND ? ORDER BY vector_id LIMIT ?
                """, arguments: [range.lowerBound, range.upperBound, Store.blockVectors])
    }

    private func dissolveSmallBlock(_ fingerprint: Int64) throws -> Bool {
        try database.execute(
            sql: """
                DELETE FROM code_blocks WHERE id = (
                    SELECT id FROM code_blocks WHERE fingerprint_id = ? AND vectors < ?
                    ORDER BY vectors LIMIT 1)
                """, arguments: [fingerprint, Store.blockVectors / 2])
        return database.changesCount > 0
    }

    private func vectors(_ rows: [Int64]) throws -> UncodedVectors {
        let statement = try RawStatement(database, "SELECT vector FROM vectors WHERE id = ?")
        var values: [Float] = []
        for row in rows {
            try statement.run(.integer(row)) { values += $0.floats(0) }
        }
        return UncodedVectors(texts: rows.map(VectorRow.text), values: values)
    }

    private func insert(_ codes: [UInt8], of rows: [Int64], _ fingerprint: Int64) throws {
        try RawStatement(
            database, "INSERT INTO code_blocks(fingerprint_id, vectors, codes) VALUES (?, ?, ?)"
        ).run(.integer(fingerprint), .integer(Int64(rows.count)), .blob(codes))
        let block = database.lastInsertedRowID
        let membership = try RawStatement(
            database, "UPDATE vector_codes SET block_id = ? WHERE vector_id = ?")
        for row in rows { try membership.run(.integer(block), .integer(row)) }
    }
}

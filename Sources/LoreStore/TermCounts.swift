import GRDB
import GRDBSQLite

/// What a match of the full-text index is made of, for our own scoring.
///
/// FTS5's `bm25()` scores a row and forgets why. These two functions hand out the counts instead, so
/// that one scan of the matches scores chunks and whole notes by any formula and tells which terms
/// matched.
enum TermCounts {
    /// How often one term stands in one column of a row.
    struct Count {
        let term: Int
        let column: Int
        let count: Int
    }

    /// Of the whole index.
    struct Totals {
        let rows: Int64
        /// Tokens of all columns.
        let tokens: Int64
        /// Tokens of the body column.
        let bodyTokens: Int64
    }

    static let bodyColumn: Int32 = 2

    /// Adds `lore_counts(table)` and `lore_totals(table)` to the connection.
    static func register(in database: Database) throws {
        try register("lore_counts", in: database) { api, row, result, _, _ in
            guard let api, let row, let result else { return }
            report(result) { try TermCounts.counts(api.pointee, row) }
        }
        try register("lore_totals", in: database) { api, row, result, _, _ in
            guard let api, let row, let result else { return }
            report(result) { try TermCounts.totals(api.pointee, row) }
        }
    }

    private static func register(
        _ name: String, in database: Database, _ function: @escaping fts5_extension_function
    ) throws {
        let api = UnsafeMutablePointer(mutating: FTS5.api(database))
        let code = api.pointee.xCreateFunction(api, name, nil, function, nil)
        guard code == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
    }

    /// The tokens of the row, then each count that is not 0, packed as `decode` reads them.
    private static func counts(
        _ api: Fts5ExtensionApi, _ row: OpaquePointer
    ) throws -> [UInt32] {
        var length: Int32 = 0
        try check(api.xColumnSize(row, -1, &length))
        var packed = [UInt32(length)]
        for term in 0..<api.xPhraseCount(row) {
            try appendCounts(of: term, api, row, to: &packed)
        }
        return packed
    }

    private static func appendCounts(
        of term: Int32, _ api: Fts5ExtensionApi, _ row: OpaquePointer, to packed: inout [UInt32]
    ) throws {
        var iterator = Fts5PhraseIter()
        var column: Int32 = 0
        var offset: Int32 = 0
        var counts: (UInt32, UInt32, UInt32) = (0, 0, 0)
        try check(api.xPhraseFirst(row, term, &iterator, &column, &offset))
        while column >= 0 {
            switch column {
            case 0: counts.0 += 1
            case 1: counts.1 += 1
            default: counts.2 += 1
            }
            api.xPhraseNext(row, &iterator, &column, &offset)
        }
        for (column, count) in [counts.0, counts.1, counts.2].enumerated() where count > 0 {
            packed.append(UInt32(term) << 24 | UInt32(column) << 22 | min(count, 1 << 22 - 1))
        }
    }

    private static func totals(
        _ api: Fts5ExtensionApi, _ row: OpaquePointer
    ) throws -> [Int64] {
        var totals: [Int64] = [0, 0, 0]
        try check(api.xRowCount(row, &totals[0]))
        try check(api.xColumnTotalSize(row, -1, &totals[1]))
        try check(api.xColumnTotalSize(row, bodyColumn, &totals[2]))
        return totals
    }

    /// One count as `lore_counts` packs it.
    static func decode(_ packed: UInt32) -> Count {
        Count(
            term: Int(packed >> 24), column: Int(packed >> 22 & 3),
            count: Int(packed & (1 << 22 - 1)))
    }
}

private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
}

/// Makes the bytes of `values` the result of the SQL function.
private func report<T: BitwiseCopyable>(
    _ result: OpaquePointer, _ values: () throws -> [T]
) {
    do {
        try values().withUnsafeBytes { bytes in
            sqlite3_result_blob64(
                result, bytes.baseAddress, UInt64(bytes.count), copyingDestructor)
        }
    } catch {
        let code = (error as? DatabaseError)?.extendedResultCode.rawValue ?? SQLITE_ERROR
        sqlite3_result_error_code(result, code)
    }
}

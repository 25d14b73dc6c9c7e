import GRDB
import GRDBSQLite

/// What a match of the full-text index is made of, for our own scoring.
///
/// FTS5's `bm25()` scores a row and forgets why. These two functions gather the counts instead, so
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

    /// What the matches of a query add up to: filled row by row while SQLite looks, so that no row
    /// costs a value.
    final class Gathering {
        fileprivate(set) var matches: [TermMatches.Match] = []
        fileprivate(set) var counts: [Count] = []
    }

    /// Tells SQLite that a pointer is one to a `Gathering`.
    static let pointerType: StaticString = "lore_gathering"

    /// Adds `lore_counts(table, gathering)` and `lore_totals(table)` to the connection.
    static func register(in database: Database) throws {
        try register("lore_counts", in: database) { api, row, result, count, values in
            guard let api, let row, let result, count == 1, let value = values?[0],
                let pointer = sqlite3_value_pointer(value, TermCounts.pointerType.characters)
            else { return }
            let gathering = Unmanaged<Gathering>.fromOpaque(pointer).takeUnretainedValue()
            failing(result) { try TermCounts.gather(api, row, into: gathering) }
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

    /// Adds the row: its tokens, and each count that is not 0.
    private static func gather(
        _ api: UnsafePointer<Fts5ExtensionApi>, _ row: OpaquePointer, into gathering: Gathering
    ) throws {
        var length: Int32 = 0
        try check(api.pointee.xColumnSize(row, -1, &length))
        let start = gathering.counts.count
        for term in 0..<api.pointee.xPhraseCount(row) {
            try count(term, api, row, into: gathering)
        }
        gathering.matches.append(
            TermMatches.Match(
                row: api.pointee.xRowid(row), length: Int(length),
                range: start..<gathering.counts.count))
    }

    private static func count(
        _ term: Int32, _ api: UnsafePointer<Fts5ExtensionApi>, _ row: OpaquePointer,
        into gathering: Gathering
    ) throws {
        var iterator = Fts5PhraseIter()
        var column: Int32 = 0
        var offset: Int32 = 0
        var counts = (0, 0, 0)
        try check(api.pointee.xPhraseFirst(row, term, &iterator, &column, &offset))
        while column >= 0 {
            switch column {
            case 0: counts.0 += 1
            case 1: counts.1 += 1
            default: counts.2 += 1
            }
            api.pointee.xPhraseNext(row, &iterator, &column, &offset)
        }
        func add(_ column: Int, _ count: Int) {
            guard count > 0 else { return }
            gathering.counts.append(Count(term: Int(term), column: column, count: count))
        }
        add(0, counts.0)
        add(1, counts.1)
        add(2, counts.2)
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
}

private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
}

/// Makes the bytes of `values` the result of the SQL function.
private func report<T: BitwiseCopyable>(
    _ result: OpaquePointer, _ values: () throws -> [T]
) {
    failing(result) {
        try values().withUnsafeBytes { bytes in
            sqlite3_result_blob64(
                result, bytes.baseAddress, UInt64(bytes.count), copyingDestructor)
        }
    }
}

/// Makes an error of `body` that of the SQL function.
private func failing(_ result: OpaquePointer, _ body: () throws -> Void) {
    do {
        try body()
    } catch {
        let code = (error as? DatabaseError)?.extendedResultCode.rawValue ?? SQLITE_ERROR
        sqlite3_result_error_code(result, code)
    }
}

extension StaticString {
    /// As C's own.
    var characters: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}

import GRDB
import GRDBSQLite

/// Where the terms of a query stand, as FTS5 has them, for our own scoring.
///
/// FTS5's `bm25()` scores a row and forgets why. `lore_postings` gathers the counts instead, so that
/// chunks and whole notes can be scored by any formula and it is known which terms matched. It reads
/// each term by itself: FTS5's loop over one phrase costs a tenth of SQLite's loop over the rows that
/// match any, and its sizes of rows, one look-up each, are not asked for (see `TextLengths`).
enum Postings {
    /// How often a term stands in a chunk.
    struct Posting {
        let row: Int64
        var title: Int32 = 0
        var heading: Int32 = 0
        var body: Int32 = 0
    }

    /// Of the whole index.
    struct Totals {
        var rows: Int64 = 0
        /// Tokens of all columns.
        var tokens: Int64 = 0
        /// Tokens of the body column.
        var bodyTokens: Int64 = 0
    }

    static let bodyColumn: Int32 = 2

    /// What is gathered: filled while SQLite looks, so that no row costs a value.
    final class Gathering {
        fileprivate(set) var totals = Totals()
        /// Of each term, by row.
        fileprivate(set) var terms: [[Posting]] = []

        /// Makes `postings` those of the term at `index`, which has none, in an index of so much.
        func substitute(_ postings: [Posting], for index: Int, _ totals: Totals) {
            terms[index] = postings
            self.totals = totals
        }
    }

    /// What each of `phrases` finds: words, which are never syntax.
    static func gather(_ phrases: [String], in database: Database) throws -> Gathering {
        let expression = phrases.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
            .joined(separator: " OR ")
        let gathering = Gathering()
        let statement = try RawStatement(
            database,
            """
            SELECT lore_postings(chunks_fts, ?2) FROM chunks_fts WHERE chunks_fts MATCH ?1 LIMIT 1
            """)
        try statement.run(.text(expression), .pointer(gathering, type: pointerType))
        // The function is not called where nothing is found.
        if gathering.terms.isEmpty {
            gathering.terms = Array(repeating: [], count: phrases.count)
            gathering.totals.rows = Int64(try StoreReader(database: database).chunkCount())
        }
        return gathering
    }

    /// The rows of all `lists`, each by row, as those of one term.
    static func union(_ lists: [[Posting]]) -> [Posting] {
        var union: [Posting] = []
        let all = lists.flatMap { $0 }.sorted { $0.row < $1.row }
        for posting in all {
            guard let last = union.last, last.row == posting.row else {
                union.append(posting)
                continue
            }
            union[union.count - 1] = Posting(
                row: last.row, title: last.title + posting.title,
                heading: last.heading + posting.heading, body: last.body + posting.body)
        }
        return union
    }

    /// Tells SQLite that a pointer is one to a `Gathering`.
    private static let pointerType: StaticString = "lore_gathering"

    /// Adds `lore_postings(table, gathering)` to the connection.
    ///
    /// Whatever row it is called for, it gathers the postings of the whole index.
    static func register(in database: Database) throws {
        let api = UnsafeMutablePointer(mutating: FTS5.api(database))
        let code = api.pointee.xCreateFunction(
            api, "lore_postings", nil,
            { api, row, result, count, values in
                guard let api, let row, let result, count == 1, let value = values?[0],
                    let pointer = sqlite3_value_pointer(value, Postings.pointerType.characters)
                else { return }
                let gathering = Unmanaged<Gathering>.fromOpaque(pointer).takeUnretainedValue()
                failing(result) { try Postings.gather(api.pointee, row, into: gathering) }
            }, nil)
        try check(code)
    }

    private static func gather(
        _ api: Fts5ExtensionApi, _ row: OpaquePointer, into gathering: Gathering
    ) throws {
        try check(api.xRowCount(row, &gathering.totals.rows))
        try check(api.xColumnTotalSize(row, -1, &gathering.totals.tokens))
        try check(api.xColumnTotalSize(row, bodyColumn, &gathering.totals.bodyTokens))
        for term in 0..<api.xPhraseCount(row) {
            var postings: [Posting] = []
            try withUnsafeMutablePointer(to: &postings) { postings in
                try check(api.xQueryPhrase(row, term, postings, add))
            }
            gathering.terms.append(postings)
        }
    }

    /// Adds one row of a term to the array of its postings.
    private static let add:
        @convention(c) (
            UnsafePointer<Fts5ExtensionApi>?, OpaquePointer?, UnsafeMutableRawPointer?
        ) -> Int32 = { api, row, postings in
            guard let api, let row, let postings else { return SQLITE_ERROR }
            var posting = Posting(row: api.pointee.xRowid(row))
            var iterator = Fts5PhraseIter()
            var column: Int32 = 0
            var offset: Int32 = 0
            let code = api.pointee.xPhraseFirst(row, 0, &iterator, &column, &offset)
            guard code == SQLITE_OK else { return code }
            while column >= 0 {
                switch column {
                case 0: posting.title += 1
                case 1: posting.heading += 1
                default: posting.body += 1
                }
                api.pointee.xPhraseNext(row, &iterator, &column, &offset)
            }
            postings.assumingMemoryBound(to: [Posting].self).pointee.append(posting)
            return SQLITE_OK
        }
}

private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
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

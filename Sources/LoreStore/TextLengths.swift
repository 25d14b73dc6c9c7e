import GRDB

/// The lengths of the texts that hold words of a query.
struct TextLengths {
    /// Documents of the whole index.
    let documents: Int
    /// Tokens of the body of each document of the matches, in their order.
    private(set) var bodies: [Int64]
    /// Tokens of each chunk of the matches, in their order.
    private(set) var chunks: [Int64]

    /// Documents there are for each one looked for from which on all are swept: a step of a sweep
    /// costs a sixth of a look-up.
    private static let sweepRatio = 6

    init(of matches: TermMatches, in database: Database) throws {
        documents = try Int.fetchOne(database, sql: "SELECT count(*) FROM documents") ?? 0
        bodies = [Int64](repeating: 0, count: matches.groups.count)
        chunks = [Int64](repeating: 0, count: matches.matches.count)
        if matches.groups.count * Self.sweepRatio < documents {
            try lookUp(matches, database)
        } else {
            try sweep(matches, database)
        }
    }

    private static let selection =
        "SELECT id, body_tokens, chunk_tokens FROM documents INDEXED BY documents_length"

    private mutating func lookUp(_ matches: TermMatches, _ database: Database) throws {
        let statement = try RawStatement(database, Self.selection + " WHERE id = ?")
        for index in matches.groups.indices {
            try statement.run(.integer(matches.document(ofGroup: index))) {
                take($0, index, matches)
            }
        }
    }

    private mutating func sweep(_ matches: TermMatches, _ database: Database) throws {
        let statement = try RawStatement(database, Self.selection + " ORDER BY id")
        var next = 0
        try statement.run { row in
            let document = row.integer(0)
            while next < matches.groups.count, matches.document(ofGroup: next) < document {
                next += 1
            }
            guard next < matches.groups.count, matches.document(ofGroup: next) == document
            else { return }
            take(row, next, matches)
        }
    }

    private mutating func take(_ row: RawStatement, _ group: Int, _ matches: TermMatches) {
        bodies[group] = row.integer(1)
        var cursor = ChunkLengthCursor(row.blob(2), of: matches.document(ofGroup: group))
        for index in matches.groups[group] {
            chunks[index] = cursor.tokens(ofRow: matches.matches[index].row)
        }
    }
}

import GRDB
package import LoreCore

extension Store {
    /// Keeps what was sent away.
    package func add(_ entries: [EgressEntry]) throws {
        try uncounted { database in
            for entry in entries {
                try database.execute(
                    sql: """
                        INSERT INTO egress(
                            at, host, purpose, folder, path, start_line, end_line)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        entry.at, entry.host, entry.purpose.rawValue, entry.folder, entry.path,
                        entry.lines.lowerBound, entry.lines.upperBound,
                    ])
            }
        }
    }
}

extension StoreReader {
    /// What was sent away since `time` (RFC 3339 in UTC; nil for all), in the order of its going.
    package func egress(since time: String?) throws -> [EgressEntry] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM egress WHERE at >= ? ORDER BY id",
            arguments: [time ?? ""]
        ).map { row in
            let word: String = row["purpose"]
            guard let purpose = ModelCall.Purpose(rawValue: word) else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "purpose '\(word)'")
            }
            return EgressEntry(
                at: row["at"], host: row["host"], purpose: purpose, folder: row["folder"],
                path: row["path"], lines: row["start_line"]...row["end_line"])
        }
    }
}

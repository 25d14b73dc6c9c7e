import GRDB
package import LoreCore

extension Store {
    /// Keeps what an answer is made from, before a word of it is written; beside what was kept before.
    package func keep(_ origins: [NoteOrigin], ofAnswer id: String) throws {
        try uncounted { database in
            for origin in origins {
                // The conversation may have been deleted while the answer was written.
                try database.execute(
                    sql: """
                        INSERT INTO turn_origins
                        SELECT id, (SELECT count(*) FROM turn_origins WHERE turn_id = turns.id),
                            ?, ?, ?, ?, ?
                        FROM turns WHERE answer_id = ?
                        """,
                    arguments: [
                        origin.folder, origin.path, origin.lines.lowerBound,
                        origin.lines.upperBound, origin.isLocalOnly, id,
                    ])
            }
        }
    }
}

extension StoreReader {
    /// What the answer of a turn was made from.
    func origins(ofTurn id: Int64) throws -> [NoteOrigin] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM turn_origins WHERE turn_id = ? ORDER BY place",
            arguments: [id]
        ).map { row in
            NoteOrigin(
                folder: row["folder"], path: row["path"],
                lines: row["start_line"]...row["end_line"], isLocalOnly: row["was_local_only"])
        }
    }
}

import GRDB
import LoreCore

/// The texts that have or await a vector, each once, inside the caller's transaction.
struct EmbeddedTexts {
    private let database: Database
    private let insertion: RawStatement
    private let lookup: RawStatement
    private let users: RawStatement
    private let deletions: [RawStatement]

    init(_ database: Database) throws {
        self.database = database
        insertion = try RawStatement(
            database, "INSERT INTO embedded_texts(hash) VALUES (?) ON CONFLICT(hash) DO NOTHING")
        lookup = try RawStatement(database, "SELECT id FROM embedded_texts WHERE hash = ?")
        users = try RawStatement(
            database, "SELECT 1 FROM chunks WHERE embedded_text_id = ? LIMIT 1")
        deletions = try [
            RawStatement(database, "DELETE FROM vectors WHERE embedded_text_id = ?"),
            RawStatement(database, "DELETE FROM embedded_texts WHERE id = ?"),
        ]
    }

    /// The row of the text with `hash`, made where there is none.
    ///
    /// Most texts are new: to look first would be one more way down the index for each.
    func row(of hash: ContentHash) throws -> Int64 {
        try insertion.run(.blob(hash.bytes))
        guard database.changesCount == 0, let row = try find(hash) else {
            return database.lastInsertedRowID
        }
        return row
    }

    /// The row of the text with `hash`, or nil.
    func find(_ hash: ContentHash) throws -> Int64? {
        var id: Int64?
        try lookup.run(.blob(hash.bytes)) { id = $0.integer(0) }
        return id
    }

    /// Removes those of `rows` that no chunk uses any more, with their vectors.
    func removeOrphans(among rows: Set<Int64>) throws {
        for row in rows.sorted() {
            var used = false
            try users.run(.integer(row)) { _ in used = true }
            guard !used else { continue }
            for deletion in deletions { try deletion.run(.integer(row)) }
        }
    }
}

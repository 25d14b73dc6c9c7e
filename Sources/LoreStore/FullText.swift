import GRDB

/// Keeps the full-text index equal to the chunks, inside the caller's transaction.
///
/// The index holds no text of its own: what is taken out of it must be said exactly as it was put
/// in. `remove` reads it from the view that defines it, so it must come before the chunk or the
/// title changes.
struct FullText {
    /// Fails where the index is not exactly that of the view.
    static let comparison =
        "INSERT INTO chunks_fts(chunks_fts, rank) VALUES ('integrity-check', 1)"
    /// Makes the index anew from the view.
    static let rebuild = "INSERT INTO chunks_fts(chunks_fts) VALUES ('rebuild')"
    /// Merges all segments into one, in which nothing of deleted text is left.
    static let optimization = "INSERT INTO chunks_fts(chunks_fts) VALUES ('optimize')"

    private let insertion: RawStatement
    private let removal: RawStatement
    private let sizes: RawStatement

    init(_ database: Database) throws {
        insertion = try RawStatement(
            database, "INSERT INTO chunks_fts(rowid, title, heading, body) VALUES (?, ?, ?, ?)")
        removal = try RawStatement(
            database,
            """
            INSERT INTO chunks_fts(chunks_fts, rowid, title, heading, body)
            SELECT 'delete', id, title, heading, body FROM chunks_search WHERE id BETWEEN ? AND ?
            """)
        sizes = try RawStatement(
            database, "SELECT id, sz FROM chunks_fts_docsize WHERE id BETWEEN ? AND ? ORDER BY id")
    }

    /// Adds the chunk in `row`.
    func insert(_ row: Int64, title: String, heading: String, body: String) throws {
        try insertion.run(.integer(row), .text(title), .text(heading), .text(body))
    }

    /// Takes out the chunks in `rows` as they are now.
    func remove(_ rows: ClosedRange<Int64>) throws {
        try removal.run(.integer(rows.lowerBound), .integer(rows.upperBound))
    }

    /// Lengths of the chunks of `document`, and the tokens of their bodies.
    func lengths(of document: Int64) throws -> DocumentLengths {
        var lengths = DocumentLengths(document: document)
        let rows = ChunkRow.rows(of: document)
        try sizes.run(.integer(rows.lowerBound), .integer(rows.upperBound)) {
            lengths.add($0.integer(0), sizes: $0.blob(1))
        }
        return lengths
    }
}

import GRDB
import LoreCore

/// The statements that write documents.
struct DocumentStatements {
    private let database: Database
    private let lookup: RawStatement
    private let titles: RawStatement
    private let insertion: RawStatement
    private let change: RawStatement
    private let stamps: RawStatement
    private let lengths: RawStatement
    private let deletion: RawStatement

    init(_ database: Database) throws {
        self.database = database
        lookup = try RawStatement(
            database, "SELECT id FROM documents WHERE folder_id = ? AND path = ?")
        titles = try RawStatement(database, "SELECT title FROM documents WHERE id = ?")
        insertion = try RawStatement(
            database,
            """
            INSERT INTO documents(path, format, title, tags, aliases, date, local_only, content_hash, chunking,
                is_converted, pages, size, modified_ns, changed_ns, inode, indexed_at, folder_id,
                body_tokens)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """)
        change = try RawStatement(
            database,
            """
            UPDATE documents SET path = ?, format = ?, title = ?, tags = ?, aliases = ?, date = ?,
                local_only = ?, content_hash = ?, chunking = ?, is_converted = ?, pages = ?, size = ?,
                modified_ns = ?, changed_ns = ?, inode = ?, indexed_at = ?, folder_id = ?
            WHERE id = ?
            """)
        stamps = try RawStatement(
            database,
            """
            UPDATE documents SET size = ?, modified_ns = ?, changed_ns = ?, inode = ? WHERE id = ?
            """)
        lengths = try RawStatement(
            database,
            """
            UPDATE documents SET body_tokens = ?2, chunk_tokens = ?3
            WHERE id = ?1 AND (body_tokens <> ?2 OR chunk_tokens <> ?3)
            """)
        deletion = try RawStatement(database, "DELETE FROM documents WHERE id = ?")
    }

    /// The row of the document at `path`, or nil.
    func find(_ path: String, folder: Int64) throws -> Int64? {
        var row: Int64?
        try lookup.run(.integer(folder), .text(path)) { row = $0.integer(0) }
        return row
    }

    /// The title of the document in `row`, or nil where there is none.
    func title(of row: Int64) throws -> String? {
        var title: String?
        try titles.run(.integer(row)) { title = $0.text(0) }
        return title
    }

    /// The row of the new document.
    func insert(_ update: DocumentUpdate, folder: Int64, indexedAt: String) throws -> Int64 {
        try insertion.run(values(update, indexedAt) + [.integer(folder)])
        return database.lastInsertedRowID
    }

    func update(
        _ row: Int64, _ update: DocumentUpdate, folder: Int64, indexedAt: String
    ) throws {
        try change.run(values(update, indexedAt) + [.integer(folder), .integer(row)])
    }

    func restamp(_ row: Int64, _ stamp: FileStamp) throws {
        try stamps.run(stamp.values + [.integer(row)])
    }

    func setLengths(_ row: Int64, _ lengths: DocumentLengths) throws {
        try self.lengths.run(
            .integer(row), .integer(lengths.bodyTokens), .blob(lengths.chunkTokens))
    }

    func delete(_ row: Int64) throws {
        try deletion.run(.integer(row))
    }

    /// From `path` to `indexed_at`.
    private func values(_ update: DocumentUpdate, _ indexedAt: String) -> [RawValue] {
        let document = update.document
        let facts: [RawValue] = [
            .text(document.path), .text(document.format.rawValue), .text(document.title),
            .text(JSONText.encode(document.tags)),
            .text(JSONText.encode(document.aliases)), document.date.map(RawValue.text) ?? .null,
            .integer(document.isLocalOnly ? 1 : 0), .blob(document.contentHash.bytes),
            .text(update.chunking.description),
            .integer(document.isConverted ? 1 : 0), .text(JSONText.encode(document.pages.starts)),
        ]
        return facts + update.file.values + [.text(indexedAt)]
    }
}

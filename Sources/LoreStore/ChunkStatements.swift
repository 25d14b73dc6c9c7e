import GRDB
import LoreCore

/// A chunk that the index has, as far as a rewrite needs it.
struct OldChunk {
    let row: Int64
    let textID: Int64
    let content: ChunkContent
}

/// What makes two chunks of one note the same for the full-text index.
struct ChunkContent: Hashable {
    /// JSON, and the lead after it.
    let heading: String
    let text: String

    init(heading: String, lead: String, text: String) {
        self.heading = heading + lead
        self.text = text
    }
}

/// The statements that write chunks.
struct ChunkStatements {
    private let selection: RawStatement
    private let insertion: RawStatement
    private let change: RawStatement
    private let deletion: RawStatement

    init(_ database: Database) throws {
        selection = try RawStatement(
            database,
            """
            SELECT id, embedded_text_id, heading, lead, text FROM chunks WHERE id BETWEEN ? AND ?
            ORDER BY ordinal
            """)
        insertion = try RawStatement(
            database,
            """
            INSERT INTO chunks(id, document_id, ordinal, chunk_id, embedded_text_id,
                start_byte, end_byte, start_line, end_line, heading, lead, text)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        change = try RawStatement(
            database,
            """
            UPDATE chunks SET ordinal = ?2, chunk_id = ?3, embedded_text_id = ?4,
                start_byte = ?5, end_byte = ?6, start_line = ?7, end_line = ?8
            WHERE id = ?1
            """)
        deletion = try RawStatement(database, "DELETE FROM chunks WHERE id BETWEEN ? AND ?")
    }

    func load(_ rows: ClosedRange<Int64>) throws -> [OldChunk] {
        var chunks: [OldChunk] = []
        try selection.run(.integer(rows.lowerBound), .integer(rows.upperBound)) { row in
            chunks.append(
                OldChunk(
                    row: row.integer(0), textID: row.integer(1),
                    content: ChunkContent(
                        heading: row.text(2), lead: row.text(3), text: row.text(4))))
        }
        return chunks
    }

    func insert(
        _ row: Int64, _ document: Int64, _ ordinal: Int, _ chunk: Chunk, heading: String,
        textID: Int64
    ) throws {
        let bytes = chunk.range.bytes
        let lines = chunk.range.lines
        try insertion.run(
            .integer(row), .integer(document), .integer(Int64(ordinal)),
            .integer(Int64(bitPattern: chunk.id.rawValue)), .integer(textID),
            .integer(Int64(bytes.lowerBound)), .integer(Int64(bytes.upperBound)),
            .integer(Int64(lines.lowerBound)), .integer(Int64(lines.upperBound)),
            .text(heading), .text(chunk.lead), .text(chunk.text))
    }

    func update(_ row: Int64, _ ordinal: Int, _ chunk: Chunk, textID: Int64) throws {
        let bytes = chunk.range.bytes
        let lines = chunk.range.lines
        try change.run(
            .integer(row), .integer(Int64(ordinal)),
            .integer(Int64(bitPattern: chunk.id.rawValue)), .integer(textID),
            .integer(Int64(bytes.lowerBound)), .integer(Int64(bytes.upperBound)),
            .integer(Int64(lines.lowerBound)), .integer(Int64(lines.upperBound)))
    }

    func delete(_ rows: ClosedRange<Int64>) throws {
        try deletion.run(.integer(rows.lowerBound), .integer(rows.upperBound))
    }
}

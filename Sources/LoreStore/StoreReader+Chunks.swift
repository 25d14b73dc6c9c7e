import GRDB
package import LoreCore

extension StoreReader {
    /// The chunks in `rows`, in the order of `rows`; those that are gone are left out.
    package func chunks(rows: [Int64]) throws -> [StoredChunk] {
        let statement = try RawStatement(database, selection + " WHERE chunks.id = ?")
        return try rows.flatMap { try chunks(statement, .integer($0)) }
    }

    /// All chunks of a document, in its order.
    package func chunks(ofDocument document: Int64) throws -> [StoredChunk] {
        let statement = try RawStatement(
            database, selection + " WHERE chunks.document_id = ? ORDER BY chunks.ordinal")
        return try chunks(statement, .integer(document))
    }

    /// The chunks with the public name `id`: more than one where notes say the same.
    package func chunks(named id: ChunkID) throws -> [StoredChunk] {
        let statement = try RawStatement(
            database, selection + " WHERE chunks.chunk_id = ? ORDER BY chunks.id")
        return try chunks(statement, .integer(Int64(bitPattern: id.rawValue)))
    }

    private var selection: String {
        """
        SELECT chunks.id, chunks.document_id, chunks.ordinal, chunks.chunk_id, chunks.heading,
            chunks.start_byte, chunks.end_byte, chunks.start_line, chunks.end_line, chunks.text,
            embedded_texts.hash, folders.name, folders.path, documents.path, documents.title,
            documents.tags, documents.date, chunks.lead, documents.pages,
            documents.is_converted
        FROM chunks JOIN embedded_texts ON embedded_texts.id = chunks.embedded_text_id
            JOIN documents ON documents.id = chunks.document_id
            JOIN folders ON folders.id = documents.folder_id
        """
    }

    private func chunks(_ statement: RawStatement, _ value: RawValue) throws -> [StoredChunk] {
        var chunks: [StoredChunk] = []
        try statement.run(value) { row in
            chunks.append(
                StoredChunk(
                    row: row.integer(0), documentRow: row.integer(1),
                    ordinal: Int(row.integer(2)), chunk: try chunk(row), folderName: row.text(11),
                    folderPath: row.text(12), path: row.text(13), title: row.text(14),
                    tags: try JSONText.strings(row.text(15)), isConverted: row.integer(19) != 0,
                    date: row.isNull(16) ? nil : row.text(16),
                    pages: PageMap(starts: try JSONText.numbers(row.text(18)))))
        }
        return chunks
    }

    private func chunk(_ row: RawStatement) throws -> Chunk {
        let (startByte, endByte) = (Int(row.integer(5)), Int(row.integer(6)))
        let (startLine, endLine) = (Int(row.integer(7)), Int(row.integer(8)))
        guard startByte <= endByte, startLine <= endLine else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "range of a chunk")
        }
        return Chunk(
            id: ChunkID(rawValue: UInt64(bitPattern: row.integer(3))),
            heading: try JSONText.strings(row.text(4)),
            range: SourceRange(bytes: startByte..<endByte, lines: startLine...endLine),
            text: row.text(9), lead: row.text(17),
            embeddedTextHash: try contentHash(row.blob(10)))
    }
}

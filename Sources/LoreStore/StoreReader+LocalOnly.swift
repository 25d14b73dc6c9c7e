import GRDB
package import LoreCore

extension StoreReader {
    /// The documents that `isLocalOnly` holds for, by row, ascending.
    ///
    /// - Throws: The errors of any read.
    /// - Complexity: O(*n*) for *n* documents.
    package func documents(where isLocalOnly: (NoteMarks) -> Bool) throws -> [Int64] {
        let statement = try RawStatement(
            database,
            """
            SELECT documents.id, folders.name, tags, local_only
            FROM documents JOIN folders ON folders.id = folder_id ORDER BY documents.id
            """)
        var rows: [Int64] = []
        try statement.run { row in
            if isLocalOnly(try row.noteMarks(from: 1)) { rows.append(row.integer(0)) }
        }
        return rows
    }

    /// The marks of the note at `path` below the folder of that name; nil where the index has none.
    package func marks(ofNote path: String, in folder: String) throws -> NoteMarks? {
        let statement = try RawStatement(
            database,
            """
            SELECT folders.name, tags, local_only
            FROM documents JOIN folders ON folders.id = folder_id
            WHERE folders.name = ? AND documents.path = ?
            """)
        var marks: NoteMarks?
        try statement.run(.text(folder), .text(path)) { marks = try $0.noteMarks(from: 0) }
        return marks
    }

    /// Chunks of `documents` without a vector of `fingerprint`.
    package func chunkCount(
        ofDocuments documents: [Int64], without fingerprint: EmbeddingFingerprint
    ) throws -> Int {
        let known = try Fingerprints.find(fingerprint, in: database) ?? 0
        return try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM chunks
                WHERE document_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
                    SELECT 1 FROM vectors WHERE fingerprint_id = ?
                        AND vectors.embedded_text_id = chunks.embedded_text_id)
                """, arguments: [JSONText.encode(documents.map(Int.init)), known]) ?? 0
    }
}

extension RawStatement {
    /// The columns from `column` on: a folder's name, tags, `local_only`.
    func noteMarks(from column: Int32) throws -> NoteMarks {
        NoteMarks(
            folder: text(column), tags: try JSONText.strings(text(column + 1)),
            isMarkedLocalOnly: isNull(column + 2) || integer(column + 2) != 0)
    }
}

package import Foundation
import GRDB
import LoreCore

extension Store {
    /// Makes all of `changes` to `folder`, in one transaction.
    ///
    /// Writing many small notes together is several times faster than one by one: the full-text
    /// index merges once a transaction. A megabyte of text at a time is plenty.
    ///
    /// - Parameters:
    ///   - changes: The notes to write, to remove, and to stamp anew.
    ///   - folder: A registered folder.
    ///   - time: What the written notes say as their time of indexing.
    /// - Returns: What became of the chunks.
    /// - Throws: `StoreError.tooManyChunks`, and the errors of any write.
    @discardableResult
    package func apply(
        _ changes: FolderChanges, to folder: StoredFolder, at time: Date
    ) throws -> ChunkCounts {
        try write { database in
            var writer = try DocumentWriter(
                database, folder: folder.id, indexedAt: time.formatted(.iso8601))
            try writer.apply(changes)
            return writer.counts
        }
    }
}

extension StoreReader {
    /// What the index remembers of the notes of a folder, in the order of their paths' bytes.
    package func stamps(of folder: StoredFolder) throws -> [DocumentStamp] {
        var stamps: [DocumentStamp] = []
        let statement = try RawStatement(
            database,
            """
            SELECT path, id, size, modified_ns, changed_ns, inode, content_hash, chunking
            FROM documents WHERE folder_id = ? ORDER BY path
            """)
        try statement.run(.integer(folder.id)) { row in
            stamps.append(
                DocumentStamp(
                    id: row.integer(1), path: row.text(0), file: row.fileStamp(from: 2),
                    contentHash: try contentHash(row.blob(6)), chunking: row.text(7)))
        }
        return stamps
    }

    /// The document at `path` below `folder`, or nil.
    package func document(_ path: String, in folder: StoredFolder) throws -> StoredDocument? {
        try documents("WHERE folders.id = ? AND documents.path = ?", [folder.id, path]).first
    }

    /// The documents in `rows`, in the order of `rows`; those that are gone are left out.
    package func documents(rows: [Int64]) throws -> [StoredDocument] {
        try rows.flatMap { try documents("WHERE documents.id = ?", [$0]) }
    }

    /// All documents of all folders, by folder and path.
    package func documents() throws -> [StoredDocument] {
        try documents("ORDER BY folders.name, documents.path", [])
    }

    private func documents(
        _ clause: String, _ arguments: StatementArguments
    ) throws -> [StoredDocument] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT documents.*, folders.name AS folder_name, folders.path AS folder_path
                FROM documents JOIN folders ON folders.id = documents.folder_id \(clause)
                """, arguments: arguments)
        return try rows.map(document)
    }

    private func document(_ row: Row) throws -> StoredDocument {
        let format: String = row["format"]
        guard let format = DocumentFormat(rawValue: format) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "format '\(format)'")
        }
        let hash: Data = row["content_hash"]
        return StoredDocument(
            row: row["id"], folderID: row["folder_id"], folderName: row["folder_name"],
            folderPath: row["folder_path"],
            document: Document(
                path: row["path"], format: format, title: row["title"],
                tags: try JSONText.strings(row["tags"]),
                aliases: try JSONText.strings(row["aliases"]), date: row["date"],
                isLocalOnly: row["local_only"] ?? true,
                contentHash: try hash.withUnsafeBytes(contentHash),
                isConverted: row["is_converted"],
                pages: PageMap(starts: try JSONText.numbers(row["pages"]))),
            file: FileStamp(
                size: row["size"], modifiedNanoseconds: row["modified_ns"],
                changedNanoseconds: row["changed_ns"],
                inode: UInt64(bitPattern: row["inode"] as Int64)),
            indexedAt: row["indexed_at"])
    }
}

/// The hash whose bytes a blob holds.
func contentHash(_ bytes: UnsafeRawBufferPointer) throws -> ContentHash {
    guard bytes.count == 32 else {
        throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "hash of \(bytes.count) bytes")
    }
    return ContentHash(bytes: [UInt8](bytes))
}

import GRDB

/// A file that was refused, as it was then.
package struct RefusedFile: Hashable, Sendable {
    /// Below the folder.
    package let path: String
    package let file: FileStamp
    package let reason: String
    /// Whether the file has to change before reading it again can help.
    package let isLasting: Bool

    package init(path: String, file: FileStamp, reason: String, isLasting: Bool) {
        self.path = path
        self.file = file
        self.reason = reason
        self.isLasting = isLasting
    }
}

extension Store {
    /// Makes what the index remembers of the refused files of a folder equal to `files`.
    ///
    /// Nothing is written where it was so already.
    package func remember(_ files: [RefusedFile], refusedIn folder: StoredFolder) throws {
        guard try read({ try $0.refusedFiles(of: folder) }) != files else { return }
        try write { database in
            try RawStatement(database, "DELETE FROM skipped_files WHERE folder_id = ?")
                .run(.integer(folder.id))
            let insertion = try RawStatement(
                database, "INSERT INTO skipped_files VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            for refused in files {
                try insertion.run(
                    [.integer(folder.id), .text(refused.path)] + refused.file.values
                        + [.text(refused.reason), .integer(refused.isLasting ? 1 : 0)])
            }
        }
    }
}

extension StoreReader {
    /// The files of a folder that were refused, in the order of their paths' bytes.
    package func refusedFiles(of folder: StoredFolder) throws -> [RefusedFile] {
        var files: [RefusedFile] = []
        let statement = try RawStatement(
            database,
            """
            SELECT path, size, modified_ns, changed_ns, inode, reason, is_lasting
            FROM skipped_files WHERE folder_id = ? ORDER BY path
            """)
        try statement.run(.integer(folder.id)) { row in
            files.append(
                RefusedFile(
                    path: row.text(0), file: row.fileStamp(from: 1), reason: row.text(5),
                    isLasting: row.integer(6) != 0))
        }
        return files
    }
}

extension RawStatement {
    /// The stamp in four columns from `column` on.
    func fileStamp(from column: Int32) -> FileStamp {
        FileStamp(
            size: integer(column), modifiedNanoseconds: integer(column + 1),
            changedNanoseconds: integer(column + 2),
            inode: UInt64(bitPattern: integer(column + 3)))
    }
}

extension FileStamp {
    /// In the order of the columns: size, times, inode.
    var values: [RawValue] {
        [
            .integer(size), .integer(modifiedNanoseconds), .integer(changedNanoseconds),
            .integer(Int64(bitPattern: inode)),
        ]
    }
}

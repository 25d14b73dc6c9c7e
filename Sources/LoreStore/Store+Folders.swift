import GRDB

extension Store {
    /// Registers the folder at absolute `path` as `name`.
    ///
    /// - Throws: `StoreError.folderNameTaken` where another folder has the name. A folder that is
    ///   registered under another name keeps it.
    package func addFolder(name: String, path: String) throws -> StoredFolder {
        if let folder = try read({ try $0.folder(atPath: path) }) { return folder }
        return try write { database in
            // Another process may have been as quick.
            if let folder = try StoreReader(database: database).folder(atPath: path) {
                return folder
            }
            try requireFree(name, in: database)
            try database.execute(
                sql: "INSERT INTO folders(name, path) VALUES (?, ?)", arguments: [name, path])
            return StoredFolder(
                id: database.lastInsertedRowID, name: name, path: path, documents: 0)
        }
    }

    /// Gives the folder another name, in what answers cite as well.
    ///
    /// - Throws: `StoreError.noFolder`, `StoreError.folderNameTaken`.
    package func renameFolder(_ name: String, to newName: String) throws {
        try write { database in
            let folder = try requireFolder(name, in: database)
            if name == newName { return }
            try requireFree(newName, in: database)
            try database.execute(
                sql: "UPDATE folders SET name = ? WHERE id = ?", arguments: [newName, folder])
            try database.execute(
                sql: "UPDATE citations SET folder = ? WHERE folder = ?",
                arguments: [newName, name])
        }
    }

    /// Forgets the folder with every trace of its notes; the files stay.
    ///
    /// - Throws: `StoreError.noFolder`.
    package func removeFolder(_ name: String) throws {
        try write { database in
            let folder = try requireFolder(name, in: database)
            let documents = try Int64.fetchAll(
                database, sql: "SELECT id FROM documents WHERE folder_id = ?", arguments: [folder])
            var writer = try DocumentWriter(database, folder: folder, indexedAt: "")
            try writer.apply(FolderChanges(removals: documents))
            try database.execute(sql: "DELETE FROM folders WHERE id = ?", arguments: [folder])
        }
    }

    private func requireFolder(_ name: String, in database: Database) throws -> Int64 {
        let sql = "SELECT id FROM folders WHERE name = ?"
        guard let folder = try Int64.fetchOne(database, sql: sql, arguments: [name]) else {
            throw StoreError.noFolder(name: name)
        }
        return folder
    }

    private func requireFree(_ name: String, in database: Database) throws {
        let sql = "SELECT path FROM folders WHERE name = ?"
        if let path = try String.fetchOne(database, sql: sql, arguments: [name]) {
            throw StoreError.folderNameTaken(name: name, path: path)
        }
    }
}

extension StoreReader {
    /// The folder registered for absolute `path`, or nil.
    package func folder(atPath path: String) throws -> StoredFolder? {
        try folders().first { $0.path == path }
    }

    /// The registered folders, by name.
    package func folders() throws -> [StoredFolder] {
        let rows = try Row.fetchAll(
            database,
            sql: """
                SELECT id, name, path,
                    (SELECT count(*) FROM documents WHERE folder_id = folders.id) AS documents
                FROM folders ORDER BY name
                """)
        return rows.map {
            StoredFolder(
                id: $0["id"], name: $0["name"], path: $0["path"], documents: $0["documents"])
        }
    }
}

import GRDB

extension Store {
    /// A connection that may write, the schema brought up to date.
    ///
    /// Not GRDB's pool, which writes to the file each time it is opened.
    static func openWriter(at path: String, waiting seconds: Double) throws -> DatabaseQueue {
        var configuration = configuration(waiting: seconds)
        configuration.prepareDatabase { database in
            try checkHeader(database, path: path)
            // Of a new file: 5 vectors of 384 numbers fill a page where 4,096 bytes hold 2.
            try database.execute(sql: "PRAGMA page_size = 8192")
            try database.execute(sql: "PRAGMA journal_mode = WAL")
            // A large transaction touches most pages of the indexes by hash: they stay in memory
            // until it ends, and several transactions are moved into the file together.
            try database.execute(
                sql: "PRAGMA cache_size = -64000; PRAGMA wal_autocheckpoint = 12000")
        }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.inDatabase { database in
            if try Migrations.userVersion(database) < Migrations.version {
                try Migrations.run(database)
            }
        }
        return queue
    }

    /// Connections that read.
    static func openReaders(at path: String, waiting seconds: Double) throws -> DatabasePool {
        var configuration = configuration(waiting: seconds)
        configuration.readonly = true
        configuration.prepareDatabase { database in
            try checkHeader(database, path: path)
            let version = try Migrations.userVersion(database)
            if version < Migrations.version {
                throw StoreError.olderSchema(
                    path: path, version: version, known: Migrations.version)
            }
        }
        return try DatabasePool(path: path, configuration: configuration)
    }

    /// A connection that changes neither the schema nor the way of the log.
    static func openComparer(at path: String) throws -> DatabaseQueue {
        var configuration = configuration(waiting: 5)
        configuration.prepareDatabase { try checkHeader($0, path: path) }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func configuration(waiting seconds: Double) -> Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(seconds)
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            database.add(tokenizer: NoteTokenizer.self)
            try Postings.register(in: database)
            try database.execute(sql: "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000")
        }
        return configuration
    }

    /// Refuses what another program, or a later lore, has made.
    private static func checkHeader(_ database: Database, path: String) throws {
        let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
        let version = try Migrations.userVersion(database)
        if application != Migrations.applicationID {
            guard application == 0, version == 0, try isEmpty(database) else {
                throw StoreError.foreignDatabase(path: path)
            }
        } else if version > Migrations.version {
            throw StoreError.newerSchema(path: path, version: version, known: Migrations.version)
        }
    }

    private static func isEmpty(_ database: Database) throws -> Bool {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0
    }
}

import Foundation
package import GRDB

/// Everything lore knows, in one SQLite file.
///
/// One writer and many readers at a time (WAL). A `read` sees the state of one moment, whatever is
/// written beside it; a write is one transaction that is there wholly or not at all. Both block the
/// calling thread for as long as SQLite works: microseconds for a look-up, milliseconds for a search
/// or a batch, and up to the busy timeout where another process holds the write lock.
package final class Store: Sendable {
    /// What an opened store may do.
    package enum Access: Sendable {
        /// Makes the file where there is none, and brings its schema up to date.
        case readWrite
        /// Makes and changes nothing.
        case readOnly
    }

    /// The version of the schema that this lore reads and writes.
    package static var schemaVersion: Int { Migrations.version }

    package let path: String
    private let writer: DatabaseQueue?
    private let readers: DatabasePool

    /// Opens the index at `path`.
    ///
    /// A new file has mode 0600 and a new folder 0700: notes are private.
    ///
    /// - Parameters:
    ///   - path: The database file.
    ///   - access: Whether a missing file is made or is an error.
    ///   - busyTimeout: How long a write waits for another process.
    /// - Throws: `StoreError`.
    package init(path: String, access: Access, busyTimeout: Duration = .seconds(5)) throws {
        self.path = path
        let seconds = busyTimeout / .seconds(1)
        if access == .readOnly {
            guard FileManager.default.fileExists(atPath: path) else {
                throw StoreError.noIndex(path: path)
            }
        } else {
            try IndexFile.create(at: path)
        }
        (writer, readers) = try translatingErrors(path: path) {
            let writer =
                access == .readWrite ? try Self.openWriter(at: path, waiting: seconds) : nil
            return (writer, try Self.openReaders(at: path, waiting: seconds))
        }
    }

    /// The result of `body`, which sees one state of the index from its start to its end.
    package func read<T>(_ body: (StoreReader) throws -> T) throws -> T {
        try translatingErrors(path: path) {
            try readers.read { try body(StoreReader(database: $0)) }
        }
    }

    /// The result of `body`, whose changes appear together when it returns or, if it throws, never.
    ///
    /// A transaction that changed something counts up the generation that readers see.
    package func write<T>(_ body: (Database) throws -> T) throws -> T {
        guard let writer else { throw StoreError.readOnly(path: path) }
        return try translatingErrors(path: path) {
            try writer.write { database in
                let before = database.totalChangesCount
                let result = try body(database)
                if database.totalChangesCount != before { try Self.countGeneration(database) }
                return result
            }
        }
    }

    /// As `write`, for what leaves the content as it is: readers need not load anything anew.
    func uncounted<T>(_ body: (Database) throws -> T) throws -> T {
        guard let writer else { throw StoreError.readOnly(path: path) }
        return try translatingErrors(path: path) { try writer.write(body) }
    }

    /// For statements that SQLite refuses inside a transaction.
    func outsideTransactions<T>(_ body: (Database) throws -> T) throws -> T {
        guard let writer else { throw StoreError.readOnly(path: path) }
        return try translatingErrors(path: path) { try writer.writeWithoutTransaction(body) }
    }

    private static func countGeneration(_ database: Database) throws {
        try database.execute(
            sql: "UPDATE settings SET value = value + 1 WHERE name = 'generation'")
    }

    /// Moves what the log holds into the file, where no reader is in the way.
    package func checkpoint() throws {
        guard let writer else { return }
        try translatingErrors(path: path) {
            _ = try writer.writeWithoutTransaction { try $0.checkpoint(.passive) }
        }
    }

    /// Ends all connections; the store is not to be used after.
    package func close() throws {
        try translatingErrors(path: path) {
            try readers.close()
            try writer?.close()
        }
    }
}

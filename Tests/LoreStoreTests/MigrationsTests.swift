import Foundation
import GRDB
import LoreStore
import TestSupport
import Testing

@Suite struct MigrationsTests {
    @Test func `a new index is marked as lore's, with its version`() throws {
        let test = try TestStore()
        let pragmas = ["application_id", "user_version", "journal_mode", "foreign_keys"]
        let values = try test.store.write { database in
            try pragmas.map { try String.fetchOne(database, sql: "PRAGMA \($0)") }
        }
        #expect(values == ["1819243109", "8", "wal", "1"])
    }

    @Test(arguments: [Store.Access.readOnly, .readWrite])
    func `a newer schema is refused`(access: Store.Access) throws {
        let path = try file { try $0.execute(sql: "PRAGMA user_version = 9") }
        #expect(throws: StoreError.newerSchema(path: path.path, version: 9, known: 8)) {
            try Store(path: path.path, access: access)
        }
    }

    @Test func `a reader refuses an older schema, a writer brings it up to date`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lore.db"
        try Data().write(to: URL(fileURLWithPath: path))
        #expect(throws: StoreError.olderSchema(path: path, version: 0, known: 8)) {
            try Store(path: path, access: .readOnly)
        }
        _ = try Store(path: path, access: .readWrite)
        _ = try Store(path: path, access: .readOnly)
    }

    @Test(arguments: [Store.Access.readOnly, .readWrite])
    func `another program's database is refused and left alone`(access: Store.Access) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/other.db"
        let other = try DatabaseQueue(path: path)
        try other.write { try $0.execute(sql: "CREATE TABLE t(a); INSERT INTO t VALUES (1)") }
        try other.close()
        let before = try Data(contentsOf: URL(fileURLWithPath: path))

        #expect(throws: StoreError.foreignDatabase(path: path)) {
            try Store(path: path, access: access)
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    }

    @Test(arguments: [Store.Access.readOnly, .readWrite])
    func `a file that is no database is damaged`(access: Store.Access) throws {
        let folder = try TemporaryFolder()
        let path = try folder.write(String(repeating: "not a database. ", count: 100), to: "l.db")
        #expect(
            throws: StoreError.damaged(path: path.path, reason: "file is not a database")
        ) {
            try Store(path: path.path, access: access)
        }
    }

    @Test func `pages that are overwritten are damaged`() throws {
        let test = try TestStore()
        for index in 0..<40 { try test.write("\(index).md", "words \(index)") }
        try test.store.close()
        let url = URL(fileURLWithPath: test.store.path)
        var bytes = try Data(contentsOf: url)
        bytes.replaceSubrange(8192..<bytes.count, with: Data(count: bytes.count - 8192))
        try bytes.write(to: url)

        let damaged = StoreError.damaged(
            path: test.store.path, reason: "database disk image is malformed")
        #expect(throws: damaged) {
            let store = try Store(path: test.store.path, access: .readOnly)
            _ = try store.read { try $0.documents() }
        }
    }

    @Test func `a path that is a folder cannot be opened`() throws {
        let folder = try TemporaryFolder()
        #expect {
            try Store(path: folder.path, access: .readWrite)
        } throws: { error in
            (error as? StoreError)?.message.hasPrefix(
                "the index '\(folder.path)' cannot be opened") == true
        }
    }

    /// An index of lore's, changed by `change` and closed.
    private func file(_ change: (Database) throws -> Void) throws -> ClosedFile {
        let test = try TestStore()
        try test.store.write(change)
        try test.store.close()
        return ClosedFile(folder: test.folder, path: test.store.path)
    }
}

/// A database file that nobody has open; its folder goes with it.
private struct ClosedFile {
    let folder: TemporaryFolder
    let path: String
}

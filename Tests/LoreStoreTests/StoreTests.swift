import Foundation
import GRDB
import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct StoreTests {
    @Test func `a missing index cannot be read and is not made`() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lore.db"
        #expect(throws: StoreError.noIndex(path: path)) {
            try Store(path: path, access: .readOnly)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test func `a new index and its folder are their owner's alone`() throws {
        let folder = try TemporaryFolder()
        let store = try Store(path: folder.path + "/a/b/lore.db", access: .readWrite)
        _ = try store.addFolder(name: "n", path: "/n")

        #expect(try mode(folder.path + "/a") == 0o700)
        #expect(try mode(folder.path + "/a/b") == 0o700)
        for suffix in ["", "-wal", "-shm"] {
            #expect(try mode(folder.path + "/a/b/lore.db" + suffix) == 0o600, "\(suffix)")
        }
    }

    @Test func `what one store writes another reads, also after closing`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let other = try Store(path: test.store.path, access: .readOnly)
        #expect(try other.read { try $0.documents() }.count == 1)
        try other.close()
        try test.store.close()

        let again = try Store(path: test.store.path, access: .readOnly)
        #expect(try again.read { try $0.documents() }.map(\.document.path) == ["a.md"])
    }

    @Test func `a read sees one moment while another writes`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        try test.store.read { reader in
            let before = try reader.generation()
            try test.write("b.md", "two")
            #expect(try reader.generation() == before)
            #expect(try reader.documents().count == 1)
        }
        #expect(try test.store.read { try $0.documents() }.count == 2)
    }

    @Test func `each change counts the generation up, for every store`() throws {
        let test = try TestStore()
        let other = try Store(path: test.store.path, access: .readOnly)
        let before = try other.read { try $0.generation() }
        try test.write("a.md", "one")
        try test.remove("a.md")

        #expect(try other.read { try $0.generation() } == before + 2)
    }

    @Test func `a run that changes nothing leaves every byte of the file`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        try test.store.setActiveFingerprint(testFingerprint())
        try test.embedAll()
        try test.store.close()
        let before = try bytes(test.store.path)

        let again = try Store(path: test.store.path, access: .readWrite)
        let notes = try again.addFolder(name: "notes", path: "/home/notes")
        try again.apply(FolderChanges(), to: notes, at: .distantFuture)
        try again.setActiveFingerprint(testFingerprint())
        _ = try again.read { try $0.pendingTexts(for: testFingerprint(), limit: 10) }
        #expect(try bytes(test.store.path + "-wal").isEmpty)
        try again.close()

        #expect(try bytes(test.store.path) == before)
    }

    @Test func `two stores that meet at a new file make it once`() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/lore.db"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<6 {
                group.addTask {
                    let store = try Store(path: path, access: .readWrite)
                    _ = try store.addFolder(name: "n\(index)", path: "/n\(index)")
                }
            }
            try await group.waitForAll()
        }
        let store = try Store(path: path, access: .readOnly)
        #expect(try store.read { try $0.folders() }.count == 6)
    }

    @Test func `a store that may only read cannot write`() throws {
        let test = try TestStore()
        let reader = try Store(path: test.store.path, access: .readOnly)
        #expect(throws: StoreError.readOnly(path: test.store.path)) {
            try reader.addFolder(name: "b", path: "/b")
        }
    }

    @Test func `a writer that another keeps waiting says that the file is locked`() throws {
        let test = try TestStore()
        let other = try Store(
            path: test.store.path, access: .readWrite, busyTimeout: .milliseconds(20))
        try test.store.write { _ -> Void in
            #expect(throws: StoreError.locked(path: test.store.path)) {
                try other.addFolder(name: "b", path: "/b")
            }
        }
        _ = try other.addFolder(name: "b", path: "/b")
    }

    @Test func `a full disk is named, and what was there stays`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        try test.store.write { database in
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            try database.execute(sql: "PRAGMA max_page_count = \(pages + 2)")
        }
        #expect(throws: StoreError.diskFull(path: test.store.path)) {
            try test.write("b.md", String(repeating: "two ", count: 50_000))
        }
        #expect(try test.store.read { try $0.documents() }.map(\.document.path) == ["a.md"])
        try test.checkFullText()
    }
}

private func mode(_ path: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    return attributes[.posixPermissions] as? Int ?? 0
}

private func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
}

import Foundation
import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct DocumentTests {
    @Test func `a note comes back as it was written`() throws {
        let test = try TestStore()
        let update = documentUpdate(
            "a b/ü.md", title: "T", [(["H", "\"q\""], "x\u{0}y"), ([], "z")])
        try test.store.apply(FolderChanges(updates: [update]), to: test.notes, at: noon)

        let stored = try #require(
            try test.store.read { try $0.document("a b/ü.md", in: test.notes) })
        #expect(stored.document == update.document)
        #expect(stored.file == update.file)
        #expect(stored.indexedAt == "2026-01-02T12:00:00Z")
        let chunks = try test.chunks(of: "a b/ü.md")
        #expect(chunks.map(\.chunk) == update.chunks)
        #expect(chunks.map(\.ordinal) == [0, 1])
        #expect(chunks[0].tags == ["work", "ü \"x\""])
        #expect(chunks[0].folderName == "notes")
    }

    @Test func `stamps tell what is indexed`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")

        let stamps = try test.store.read { try $0.stamps(of: test.notes) }
        let stamp = try #require(stamps.first)
        #expect(stamps.count == 1)
        #expect(stamp.path == "a.md")
        #expect(stamp.file == testStamp(size: 3))
        #expect(stamp.contentHash == testHash("one"))
        #expect(stamp.chunking == "v1/200/test")
    }

    @Test func `an edit keeps the rows of the other chunks`() throws {
        let test = try TestStore()
        try test.write("a.md", "one", "two", "two", "three")
        let before = try test.chunks(of: "a.md").map(\.row)
        let counts = try test.write("a.md", "zero", "two", "two", "three")

        let after = try test.chunks(of: "a.md")
        #expect(after.map(\.chunk.text) == ["zero", "two", "two", "three"])
        #expect(after.map(\.row).dropFirst() == before.dropFirst())
        #expect(!before.contains(after[0].row))
        #expect(counts.added == 1 && counts.kept == 3 && counts.removed == 1)
    }

    @Test func `a moved note keeps its chunks' rows and vectors`() throws {
        let test = try TestStore()
        try test.write("a.md", "one", "two")
        try test.embedAll()
        let before = try test.chunks(of: "a.md")
        try test.write(
            "b.md", movedFrom: before[0].documentRow, [([], "one"), ([], "two")])

        #expect(try test.chunks(of: "a.md").isEmpty)
        #expect(try test.chunks(of: "b.md").map(\.row) == before.map(\.row))
        #expect(try test.store.read { try $0.pendingCount(for: testFingerprint()) } == 0)
    }

    @Test func `a note moved onto another replaces it`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        try test.write("b.md", "two")
        let row = try test.chunks(of: "a.md")[0].documentRow
        try test.write("b.md", movedFrom: row, [([], "one")])

        #expect(try test.chunks(of: "b.md").map(\.chunk.text) == ["one"])
        #expect(try test.store.read { try $0.documents() }.map(\.row) == [row])
    }

    @Test func `two notes swap their paths`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        try test.write("b.md", "two")
        let rows = try ["a.md", "b.md"].map { try test.chunks(of: $0)[0].documentRow }
        let updates = [
            documentUpdate("b.md", movedFrom: rows[0], [([], "one")]),
            documentUpdate("a.md", movedFrom: rows[1], [([], "two")]),
        ]
        try test.store.apply(FolderChanges(updates: updates), to: test.notes, at: noon)

        #expect(try test.chunks(of: "a.md").map(\.chunk.text) == ["two"])
        #expect(try test.chunks(of: "b.md").map(\.chunk.text) == ["one"])
    }

    @Test func `a new title is found and the old one is not`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "Apples", "one")
        try test.write("a.md", title: "Pears", "one")

        #expect(try test.found("apples").isEmpty)
        #expect(try test.found("pears").count == 1)
        try test.checkFullText()
    }

    @Test func `a restamp changes the stamp alone`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let row = try test.chunks(of: "a.md")[0].documentRow
        try test.store.apply(
            FolderChanges(restamps: [row: testStamp(size: 9)]), to: test.notes, at: .distantFuture)

        let stored = try #require(try test.store.read { try $0.documents(rows: [row]) }.first)
        #expect(stored.file == testStamp(size: 9))
        #expect(stored.indexedAt == "2026-01-02T12:00:00Z")
    }

    @Test func `a failing write changes nothing`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let bad = FolderChanges(updates: [documentUpdate("b.md", [([], "two")])])
        let gone = StoredFolder(id: 99, name: "gone", path: "/gone", documents: 0)
        #expect(throws: StoreError.self) { try test.store.apply(bad, to: gone, at: noon) }

        #expect(try test.store.read { try $0.documents() }.map(\.document.path) == ["a.md"])
        try test.checkFullText()
    }
}

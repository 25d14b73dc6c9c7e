import LoreStore
import Testing

@Suite struct FolderTests {
    @Test func `a folder is registered once, under its first name`() throws {
        let test = try TestStore()
        let again = try test.store.addFolder(name: "other", path: "/home/notes")

        #expect(again.id == test.notes.id)
        #expect(try test.store.read { try $0.folders() }.map(\.name) == ["notes"])
    }

    @Test func `a name belongs to one folder`() throws {
        let test = try TestStore()
        #expect(throws: StoreError.folderNameTaken(name: "notes", path: "/home/notes")) {
            try test.store.addFolder(name: "notes", path: "/b")
        }
        _ = try test.store.addFolder(name: "b", path: "/b")
        #expect(throws: StoreError.folderNameTaken(name: "b", path: "/b")) {
            try test.store.renameFolder("notes", to: "b")
        }
        try test.store.renameFolder("notes", to: "a")
        #expect(try test.store.read { try $0.folders() }.map(\.name) == ["a", "b"])
    }

    @Test func `an unknown folder is neither renamed nor removed`() throws {
        let test = try TestStore()
        #expect(throws: StoreError.noFolder(name: "x")) {
            try test.store.renameFolder("x", to: "y")
        }
        #expect(throws: StoreError.noFolder(name: "x")) { try test.store.removeFolder("x") }
    }

    @Test func `a removed folder leaves no trace of its notes`() throws {
        let test = try TestStore()
        let other = try test.store.addFolder(name: "b", path: "/b")
        try test.write("a.md", "apples", "shared pears")
        try test.embedAll()
        try test.store.apply(
            FolderChanges(updates: [documentUpdate("a.md", [([], "shared pears")])]), to: other,
            at: noon)
        try test.store.removeFolder("notes")

        #expect(try test.found("apples").isEmpty)
        #expect(try test.found("pears") == ["shared pears"])
        #expect(try test.count("vectors") == 1)
        #expect(try test.count("embedded_texts") == 1)
        #expect(try test.store.read { try $0.folders() }.map(\.documents) == [1])
        try test.checkFullText()
    }
}

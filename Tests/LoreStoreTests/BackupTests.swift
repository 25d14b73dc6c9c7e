import Foundation
import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct BackupTests {
    @Test func `a copy holds what the index held, in one file of its owner's`() throws {
        let test = try TestStore()
        try test.write("a.md", "one wombat", "two")
        try test.embedAll()
        try test.write("b.md", "pending")
        let target = try TemporaryFolder()

        try test.store.backUp(to: target.path + "/copy.db")

        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path) == ["copy.db"])
        let attributes = try FileManager.default.attributesOfItem(atPath: target.path + "/copy.db")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let copy = try Store(path: target.path + "/copy.db", access: .readOnly)
        #expect(try copy.read { try $0.documents() }.map(\.document.path) == ["a.md", "b.md"])
        #expect(try copy.read { try $0.pendingCount(for: testFingerprint()) } == 1)
    }

    @Test func `a copy is of one moment while another writes`() async throws {
        let test = try TestStore()
        for number in 0..<40 { try test.write("\(number).md", "words \(number)") }
        let target = try TemporaryFolder()
        let writing = Task {
            var number = 40
            // Two notes a transaction: a copy of one moment has an even number.
            while !Task.isCancelled {
                let updates = [number, number + 1].map {
                    documentUpdate("\($0).md", [([], "words \($0)")])
                }
                try test.store.apply(FolderChanges(updates: updates), to: test.notes, at: noon)
                number += 2
            }
        }
        for number in 0..<3 { try test.store.backUp(to: target.path + "/\(number).db") }
        writing.cancel()
        try await writing.value

        for number in 0..<3 {
            let copy = try Store(path: target.path + "/\(number).db", access: .readWrite)
            let documents = try copy.read { try $0.documents() }
            #expect(documents.count >= 40 && documents.count % 2 == 0)
            #expect(try copy.read { try $0.contentFaults() }.isEmpty)
            #expect(try Store.fullTextIsSound(at: copy.path))
        }
    }

    @Test func `a store that may only read can be copied`() throws {
        let test = try TestStore()
        try test.write("a.md", "one")
        let reader = try Store(path: test.store.path, access: .readOnly)

        try reader.backUp(to: test.folder.path + "/copy.db")

        let copy = try Store(path: test.folder.path + "/copy.db", access: .readOnly)
        #expect(try copy.read { try $0.documents() }.count == 1)
    }

    @Test func `what cannot be written is named and leaves nothing`() throws {
        let test = try TestStore()
        let target = try TemporaryFolder()
        try target.write("", to: "file")

        #expect(throws: StoreError.self) {
            try test.store.backUp(to: target.path + "/file/copy.db")
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: target.path) == ["file"])
    }
}

import Foundation
import LoreStore
import TestSupport
import Testing

/// Deleted text leaves the file's bytes, not only its tables.
@Suite struct TracesTests {
    /// An index in which a note of a secret was written, changed and deleted among others.
    private func indexWithDeletedNote() throws -> TestStore {
        let test = try TestStore()
        for number in 0..<60 {
            try test.write(
                "\(number).md", "filler \(number) " + String(repeating: "w ", count: 300))
        }
        try test.write("s.md", title: "Xylophagous", "the quetzalcoatlus sleeps", "more of it")
        try test.embedAll()
        try test.write("s.md", title: "Xylophagous", "the quetzalcoatlus wakes")
        try test.remove("s.md")
        return test
    }

    /// Files beside the index, and it, that hold `word` in any letter case.
    private func files(with word: String, in folder: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        return try names.filter { name in
            let bytes = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
            return String(decoding: bytes, as: UTF8.self).lowercased().contains(word)
        }
    }

    @Test func `nothing of a deleted note answers`() throws {
        let test = try indexWithDeletedNote()

        #expect(try test.found("quetzalcoatlus").isEmpty)
        #expect(try test.found("xylophagous").isEmpty)
        #expect(try test.count("vectors") == 60)
        #expect(try test.count("embedded_texts") == 60)
        try test.checkFullText()
    }

    @Test(arguments: ["quetzalcoatl", "xylophag"])
    func `after a purge no byte of the files tells of it`(stem: String) throws {
        let test = try indexWithDeletedNote()
        // Or the test could not fail.
        #expect(try !files(with: stem, in: test.folder.path).isEmpty)

        try test.store.purge()

        #expect(try files(with: stem, in: test.folder.path) == [])
        #expect(try test.found("filler").count == 60)
        try test.checkFullText()
    }

    @Test(arguments: ["quetzalcoatl", "xylophag"])
    func `no byte of a backup tells of it`(stem: String) throws {
        let test = try indexWithDeletedNote()
        let target = try TemporaryFolder()

        try test.store.backUp(to: target.path + "/copy.db")

        #expect(try files(with: stem, in: target.path) == [])
        #expect(try !files(with: "filler", in: target.path).isEmpty)
    }
}

import Foundation
import LoreStore
import TestSupport
import Testing

/// Disks and databases that refuse: an error that helps, and nothing lost.
@Suite struct TroubleTests {
    @Test func `an index that another process keeps locked is named, and searches go on`() throws {
        let place = try Workplace()
        try place.write("alpha wombat\n", to: "a.md")
        try place.run("index", place.notes)
        try place.write("beta\n", to: "b.md")

        let store = try Store(path: place.database, access: .readWrite)
        let (index, search) = try store.write { _ in
            (try place.run("index"), try place.run("search", "--mode", "lexical", "wombat"))
        }
        try store.close()

        #expect(index.status == 1)
        #expect(index.error.contains("is locked by another process"))
        #expect(search.status == 0)
        #expect(try place.run("index", "--json").json["documents"] as? Int == 2)
    }

    @Test func `a disk that takes no more ends the run, and the next one goes on`() throws {
        let place = try Workplace()
        for number in 0..<300 {
            let words = (0..<60).map { "word\(number)x\($0)" }.joined(separator: " ")
            try place.write("# Note \(number)\n\n\(words)\n", to: "n\(number).md")
        }

        // Files of at most 100 kB, and no signal but an error beyond.
        let full = try place.lore.run(
            shell: "trap '' XFSZ; ulimit -f 200; exec \"$0\" \"$@\"", ["index", place.notes])
        let after = try place.run("index", place.notes, "--json")

        #expect(full.status == 1, "\(full.error)")
        #expect(full.error.contains(place.database))
        #expect(after.status == 0, "\(after.error)")
        #expect(after.json["documents"] as? Int == 300)
        #expect(try place.run("search", "--mode", "lexical", "word299x59").status == 0)
    }

    @Test func `a place where no index can be made is named`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")

        let result = try place.run("index", place.notes, "--db", "/dev/null/lore.db")

        #expect(result.status == 1)
        #expect(result.error.contains("/dev/null/lore.db"))
    }

    @Test func `an index of a newer lore is left alone and named`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")
        try place.run("index", place.notes)
        // The schema's version stands at byte 60 of the file, in four bytes, the highest first.
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: place.database))
        try file.seek(toOffset: 60)
        try file.write(contentsOf: Data([0, 0, 3, 231]))
        try file.close()

        let result = try place.run("search", "--mode", "lexical", "alpha")

        #expect(result.status == 4)
        #expect(result.error.contains("schema 999"))
    }
}

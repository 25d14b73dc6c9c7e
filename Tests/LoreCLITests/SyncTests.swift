import Foundation
import TestSupport
import Testing

/// What a run does with files that are odd, refused, copied or changed a little.
@Suite struct SyncTests {
    @Test func `names that differ only in how an accent is written are two notes`() throws {
        let place = try Workplace()
        try place.write("wombat one\n", to: "caf\u{E9}.md")
        try place.write("wombat two\n", to: "cafe\u{301}.md")

        let first = try place.run("index", place.notes, "--json")
        let second = try place.run("index", "--json")

        #expect(first.json["documents"] as? Int == 2)
        #expect(second.json["unchanged"] as? Int == 2)
        try FileManager.default.removeItem(atPath: place.notes + "/cafe\u{301}.md")
        let third = try place.run("index", "--json")
        #expect(third.json["deleted"] as? Int == 1)
        #expect(try place.run("search", "--mode", "lexical", "one").status == 0)
        #expect(try place.run("search", "--mode", "lexical", "two").status == 3)
    }

    @Test func `a refused file is told at each run, and writes nothing the second time`() throws {
        let place = try Workplace()
        try place.folder.write(Data([0x61, 0x00]), to: "notes/binary.md")
        let first = try place.run("index", place.notes, "--json")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: place.database))
        let second = try place.run("index", "--json")

        #expect(first.status == 7 && second.status == 7)
        #expect(second.error == first.error)
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.database)) == bytes)

        try place.write("wombat\n", to: "binary.md")
        let third = try place.run("index", "--json")
        #expect(third.status == 0, "\(third.error)")
        #expect(third.json["added"] as? Int == 1)
    }

    @Test func `a copy and a rename embed nothing`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# A\n\nalpha\n", to: "a.md")
        try place.write("# B\n\nbravo\n", to: "b.md")
        try place.run("index", place.notes)
        let files = FileManager.default
        try files.copyItem(atPath: place.notes + "/a.md", toPath: place.notes + "/copy.md")
        try files.moveItem(atPath: place.notes + "/b.md", toPath: place.notes + "/c.md")

        let report = try place.run("index", "--json")

        #expect(report.json["added"] as? Int == 1)
        #expect(report.json["moved"] as? Int == 1)
        #expect(report.json["embedded"] as? Int == 0)
        #expect(report.json["reused"] as? Int == 2)
    }

    @Test func `an edit of one paragraph embeds at most two chunks`() throws {
        let place = try Workplace(hasModel: true)
        let paragraphs = (0..<20).map { number in
            (0..<40).map { "word\(number * 31 + $0 * 7)" }.joined(separator: " ") + "."
        }
        try place.write(paragraphs.joined(separator: "\n\n"), to: "long.md")
        try place.run("index", place.notes)
        var edited = paragraphs
        edited[10] = edited[10].replacing("word310 ", with: "changed ")
        try place.write(edited.joined(separator: "\n\n"), to: "long.md")

        let report = try place.run("index", "--json")

        #expect(report.json["changed"] as? Int == 1)
        #expect((1...2).contains(report.json["embedded"] as? Int ?? 0))
    }

    @Test func `many files are read in their order, whatever their sizes`() throws {
        let place = try Workplace()
        for number in 0..<600 {
            let words = String(repeating: "wombat ", count: number % 7 == 0 ? 3_000 : 3)
            try place.write("# \(number)\n\n\(words)\n", to: "n\(number).md")
        }
        let report = try place.run("index", place.notes, "--json")
        #expect(report.json["added"] as? Int == 600)
        let plan = try place.run("index", "--full", "--dry-run", "--json")
        #expect(plan.json["unchanged"] as? Int == 600)
    }
}

import Foundation
import TestSupport
import Testing

@Suite struct IndexCommandTests {
    @Test func `a folder is indexed, then found unchanged, and the second run writes nothing`()
        throws
    {
        let place = try Workplace()
        try place.write("# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.write("Plain words about coffee.\n", to: "sub/coffee.txt")

        let first = try place.run("index", place.notes, "--json")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: place.database))
        let second = try place.run("index", "--json")

        #expect(first.status == 0, "\(first.error)")
        #expect(first.json["added"] as? Int == 2)
        #expect(first.json["documents"] as? Int == 2)
        #expect(second.json["unchanged"] as? Int == 2)
        #expect(second.json["added"] as? Int == 0)
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.database)) == bytes)
    }

    @Test func `a changed note is replaced and a vanished one no longer answers`() throws {
        let place = try Workplace()
        try place.write("# A\n\nThe marker is zebrafinch.\n", to: "a.md")
        try place.write("# B\n\nThe marker is quokka.\n", to: "b.md")
        try place.run("index", place.notes)

        try place.write("# A\n\nThe marker is now pangolin.\n", to: "a.md")
        try FileManager.default.removeItem(atPath: place.notes + "/b.md")
        let report = try place.run("index", "--json")

        #expect(report.json["changed"] as? Int == 1)
        #expect(report.json["deleted"] as? Int == 1)
        #expect(try place.run("search", "--mode", "lexical", "pangolin").status == 0)
        #expect(try place.run("search", "--mode", "lexical", "zebrafinch").status == 3)
        #expect(try place.run("search", "--mode", "lexical", "quokka").status == 3)
    }

    @Test func `a moved note is reported as moved`() throws {
        let place = try Workplace()
        try place.write("# A\n\nSome words.\n", to: "a.md")
        try place.run("index", place.notes)

        try FileManager.default.moveItem(
            atPath: place.notes + "/a.md", toPath: place.notes + "/c.md")
        let report = try place.run("index", "--json")

        #expect(report.json["moved"] as? Int == 1)
        #expect(report.json["added"] as? Int == 0)
        #expect(report.json["deleted"] as? Int == 0)
        #expect(try place.run("search", "--mode", "lexical", "words").text.contains("c.md:"))
    }

    @Test func `files that are no notes are named with the reason and the rest is indexed`() throws
    {
        let place = try Workplace()
        try place.write("# Good\n\nReadable words.\n", to: "good.md")
        try place.write("", to: "empty.md")
        try place.folder.write(Data([0x61, 0xFF, 0x62]), to: "notes/latin.md")
        try place.folder.write(Data([0x61, 0x00, 0x62]), to: "notes/binary.txt")
        let large = place.notes + "/large.md"
        try place.folder.write(Data(), to: "notes/large.md")
        let handle = try #require(FileHandle(forWritingAtPath: large))
        try handle.truncate(atOffset: 100_000_000)
        try handle.close()

        let report = try place.run("index", place.notes, "--json")

        #expect(report.status == 7, "\(report.error)")
        #expect(report.json["documents"] as? Int == 2)
        let skipped = report.json["skipped"] as? [[String: String]] ?? []
        #expect(skipped.compactMap { $0["path"] } == ["binary.txt", "large.md", "latin.md"])
        #expect(report.error.contains("skipped latin.md: is not UTF-8 (first bad byte at 1)"))
    }

    @Test(arguments: ["a b.md", "a#b.md", "a&b.md", "a\nb.md", "🦊.md", "-n.md", "a:3.md"])
    func `a note of any name is indexed, found and printed`(name: String) throws {
        let place = try Workplace()
        try place.write("# T\n\nwombat here\n", to: name)

        let index = try place.run("index", place.notes, "--json")
        let search = try place.run("search", "--mode", "lexical", "wombat", "--json")
        let get = try place.run("get", "--", name)

        #expect(index.json["documents"] as? Int == 1, "\(index.error)")
        let hits = search.json["hits"] as? [[String: Any]] ?? []
        #expect(hits.first?["path"] as? String == name)
        #expect(get.text == "# T\n\nwombat here\n")
    }

    @Test func `a loop of links ends and nothing outside the folder is read`() throws {
        let place = try Workplace()
        try place.write("# In\n\ninside\n", to: "in.md")
        try place.folder.write("# Out\n\noutside\n", to: "elsewhere/out.md")
        let files = FileManager.default
        try files.createSymbolicLink(
            atPath: place.notes + "/loop", withDestinationPath: place.notes)
        try files.createSymbolicLink(
            atPath: place.notes + "/out", withDestinationPath: place.folder.path + "/elsewhere")

        let report = try place.run("index", place.notes, "--json")

        #expect(report.json["documents"] as? Int == 1)
        #expect(try place.run("search", "--mode", "lexical", "outside").status == 3)
    }

    @Test func `ignored files are left out`() throws {
        let place = try Workplace()
        try place.write("drafts/\n", to: ".gitignore")
        try place.write("*.txt\n", to: ".loreignore")
        try place.write("one\n", to: "drafts/a.md")
        try place.write("two\n", to: "b.txt")
        try place.write("three\n", to: "c.md")

        let report = try place.run("index", place.notes, "--json")

        #expect(report.json["documents"] as? Int == 1)
    }

    @Test func `a folder that is not there is an error that names it`() throws {
        let place = try Workplace()

        let missing = try place.run("index", place.notes + "/nowhere")
        let none = try place.run("index")

        #expect(missing.status == 3)
        #expect(missing.error.contains("nowhere"))
        #expect(none.status != 0)
        #expect(none.error.contains("lore index FOLDER"))
    }

    @Test func `a run ended by kill loses nothing and the next goes on`() throws {
        let place = try Workplace()
        for number in 0..<400 {
            try place.write("# Note \(number)\n\nBody of number\(number).\n", to: "n\(number).md")
        }
        // Ended at several points of its work: early, in the middle, late.
        for milliseconds in [30, 80, 150, 250] {
            let process = place.lore.makeProcess(["index", place.notes])
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.run()
            Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }

        let report = try place.run("index", place.notes, "--json")

        #expect(report.status == 0, "\(report.error)")
        #expect(report.json["documents"] as? Int == 400)
        #expect(report.json["chunks"] as? Int == 400)
        for number in [0, 199, 399] {
            let found = try place.run(
                "search", "--mode", "lexical", "--json", "number\(number)")
            #expect((found.json["hits"] as? [Any])?.count == 1)
        }
    }

    @Test func `the index is the user's alone`() throws {
        let place = try Workplace()
        try place.write("secret\n", to: "a.md")
        try place.run("index", place.notes)

        let mode = try FileManager.default.attributesOfItem(atPath: place.database)[
            .posixPermissions]
        #expect(mode as? Int == 0o600)
    }
}

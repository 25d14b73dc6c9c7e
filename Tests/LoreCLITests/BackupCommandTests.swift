import Foundation
import TestSupport
import Testing

@Suite struct BackupCommandTests {
    private let place: Workplace
    private var copy: String { place.folder.path + "/copy.db" }

    init() throws {
        place = try Workplace()
        try place.write("# Tea\n\nThe wombat blend.\n", to: "tea.md")
        try place.run("index", place.notes)
    }

    @Test func `a copy answers as the index does`() throws {
        let result = try place.run("backup", copy, "--json")
        let search = try place.run("search", "--mode", "lexical", "wombat", "--db", copy)

        #expect(result.status == 0, "\(result.error)")
        #expect(result.json["path"] as? String == copy)
        #expect(result.json["bytes"] as? Int ?? 0 > 8_192)
        #expect(search.text.contains("tea.md:"))
        #expect(try place.run("doctor", "--db", copy).status == 0)
        #expect(try place.run("index", "--db", copy, "--json").json["unchanged"] as? Int == 1)
    }

    @Test func `a file that is there is left alone`() throws {
        try place.folder.write("mine", to: "copy.db")

        let result = try place.run("backup", copy)

        #expect(result.status == 2)
        #expect(result.error.contains("'\(copy)' exists already; choose another name"))
        #expect(try String(contentsOfFile: copy, encoding: .utf8) == "mine")
    }

    @Test func `without an index there is nothing to copy`() throws {
        let result = try Workplace().run("backup", copy)

        #expect(result.status == 4)
        #expect(!FileManager.default.fileExists(atPath: copy))
    }

    @Test func `a folder that is not there is named`() throws {
        let result = try place.run("backup", "/dev/null/copy.db")

        #expect(result.status == 1)
        #expect(result.error.contains("/dev/null/copy.db"))
    }
}

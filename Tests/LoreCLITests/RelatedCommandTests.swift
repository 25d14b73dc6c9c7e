import Foundation
import TestSupport
import Testing

@Suite struct RelatedCommandTests {
    /// Four notes about tea and engines, some linked, and a copy.
    private func place() throws -> Workplace {
        let place = try Workplace(hasModel: true)
        try place.write("# Green tea\n\nSteep green tea for two minutes.\n", to: "drinks/green.md")
        try place.write(
            "---\naliases: [Assam]\n---\n# Black tea\n\nSteep black tea for four minutes.\n",
            to: "drinks/black.md")
        try place.write(
            "# Engine\n\nThe engine needs new oil. See [tools](tools.md).\n", to: "cars/engine.md")
        try place.write("# Tools\n\nA wrench for the oil filter of a car.\n", to: "cars/tools.md")
        return place
    }

    private func indexed(_ place: Workplace) throws -> Workplace {
        let result = try place.run("index", place.notes)
        try #require(result.status == 0, "\(result.error)")
        return place
    }

    private func related(_ place: Workplace, _ arguments: String...) throws -> [String] {
        let result = try place.lore.run(["related", "--json"] + arguments)
        let notes = result.json["related"] as? [[String: Any]] ?? []
        return notes.map { note in
            (note["path"] as? String ?? "?") + (note["linked"] as? Bool == true ? " linked" : "")
        }
    }

    @Test func `the closest note comes first, and links from either side are told`() throws {
        let place = try indexed(place())

        #expect(try related(place, "drinks/green.md", "-n", "1") == ["drinks/black.md"])
        #expect(try related(place, "cars/engine.md", "-n", "1") == ["cars/tools.md linked"])
        #expect(try related(place, "cars/tools.md", "-n1") == ["cars/engine.md linked"])
        #expect(try related(place, "cars/tools.md").count == 3)
    }

    @Test func `notes that a link connects are left out with --unlinked`() throws {
        let place = try place()
        try place.write("# Diary\n\nDrank [[Assam]] tea today.\n", to: "diary.md")
        let unlinked = try related(try indexed(place), "drinks/black.md", "--unlinked")

        #expect(unlinked.first == "drinks/green.md")
        #expect(unlinked.count == 3)
        #expect(!unlinked.contains("diary.md"))
        #expect(try related(place, "drinks/black.md").contains("diary.md linked"))
    }

    @Test func `the two nearest passages are shown`() throws {
        let result = try indexed(place()).run("related", "drinks/green.md", "-n", "1")
        let lines = result.text.split(separator: "\n", omittingEmptySubsequences: false)

        try #require(lines.count == 5, "\(result.text)\(result.error)")
        #expect(lines[0].hasPrefix("1. drinks/black.md  Black tea  0."))
        #expect(lines[1] == "   drinks/green.md:1-3  Steep green tea for two minutes.")
        #expect(lines[2] == "   drinks/black.md:4-6  Steep black tea for four minutes.")
    }

    @Test func `a filter keeps to the notes that pass it`() throws {
        let place = try indexed(place())
        let none = try place.run("related", "drinks/green.md", "--where", "path:nowhere/")

        #expect(
            try related(place, "drinks/green.md", "--where", "path:cars/").sorted()
                == ["cars/engine.md", "cars/tools.md"])
        #expect(none.status == 3)
        #expect(none.error.contains("nothing found with this filter: no note passes it"))
    }

    @Test func `a copy of the note is left out, and named`() throws {
        let place = try place()
        try place.write("# Green tea\n\nSteep green tea for two minutes.\n", to: "copy.md")
        let result = try indexed(place).run("related", "drinks/green.md", "-n", "1", "--json")

        #expect(result.error == "lore: 'copy.md' is a copy of it and left out\n")
        #expect(try related(place, "drinks/green.md", "-n", "1") == ["drinks/black.md"])
    }

    @Test func `what has no vectors says what to do`() throws {
        let place = try Workplace()
        try place.write("# Tea\n\nSteep.\n", to: "tea.md")
        try place.run("index", place.notes)
        let result = try place.run("related", "tea.md")

        #expect(result.status == 4)
        #expect(result.error == "lore: no chunk has a vector yet; run `lore index`\n")
    }

    @Test func `a note that awaits its vectors says what to do`() throws {
        let place = try indexed(place())
        try place.write("# New\n\nMore about green tea.\n", to: "new.md")
        try place.run("index", "--no-embed")
        let new = try place.run("related", "new.md")
        let old = try place.run("related", "drinks/green.md")

        #expect(new.status == 4)
        #expect(new.error == "lore: 'new.md' has no vectors yet; run `lore index`\n")
        #expect(old.status == 0)
        #expect(old.error == "lore: 1 passages await their vectors; run `lore index`\n")
        #expect(!old.text.contains("new.md"))
    }

    @Test func `a path that leads nowhere, and a number out of range, are errors`() throws {
        let place = try indexed(place())

        #expect(try place.run("related", "nowhere.md").status == 3)
        #expect(try place.run("related", "cars/tools.md", "-n", "0").status == 2)
        #expect(try place.run("related", "cars/tools.md", "--where", "tga:x").status == 2)
    }
}

import Foundation
import TestSupport
import Testing

@Suite struct DuplicatesCommandTests {
    private static let backup =
        "Every night at three the server copies its disk to the other house."
    private static let rota = "Anna waters the plants on Monday, Bert on Wednesday, Carl on Friday."

    private func place(hasModel: Bool = true) throws -> Workplace {
        let place = try Workplace(hasModel: hasModel)
        try place.write("# Server\n\n\(Self.backup)\n", to: "a/server.md")
        try place.write("# Server\n\n\(Self.backup)\n", to: "b/server.md")
        try place.write("# Other title\n\n\(Self.rota)\n", to: "rota.md")
        try place.write(
            "# Garden\n\nThe garden lies behind the house, and the well is dry in summer.\n",
            to: "garden.md")
        return place
    }

    private func indexed(_ place: Workplace) throws -> Workplace {
        let result = try place.run("index", place.notes)
        try #require(result.status == 0, "\(result.error)")
        return place
    }

    /// The groups, each as its paths.
    private func groups(_ place: Workplace, _ arguments: String...) throws -> [[String]] {
        let result = try place.lore.run(["duplicates", "--json"] + arguments)
        let groups = result.json["groups"] as? [[[String: Any]]]
        return try #require(groups, "\(result.error)").map { group in
            group.compactMap { $0["path"] as? String }
        }
    }

    @Test(arguments: [true, false])
    func `passages that are equal are a group, with a model or without`(hasModel: Bool) throws {
        let place = try indexed(place(hasModel: hasModel))
        let result = try place.run("duplicates", "--json")
        let passage = (result.json["groups"] as? [[[String: Any]]])?.first?.first

        #expect(result.status == 0)
        #expect(try groups(place) == [["a/server.md", "b/server.md"]])
        #expect(passage?["start_line"] as? Int == 1)
        #expect(passage?["end_line"] as? Int == 3)
        #expect((passage?["text"] as? String)?.contains(Self.backup) == true)
        #expect(
            result.error.contains(
                "no passage has a vector yet, so only equal passages are found") == !hasModel)
    }

    @Test func `passages that differ in a word are near duplicates`() throws {
        let place = try place()
        let changed = Self.rota.replacing("waters", with: "waters all")
        try place.write("# Other title\n\n\(changed)\n", to: "near.md")
        _ = try indexed(place)

        #expect(
            try groups(place) == [["near.md", "rota.md"], ["a/server.md", "b/server.md"]])
        #expect(try groups(place, "--threshold", "1") == [["a/server.md", "b/server.md"]])
    }

    @Test func `equal text is found under other headings and with other line ends`() throws {
        let place = try place(hasModel: false)
        let section = String(repeating: "\(Self.rota) \(Self.backup)\n", count: 4)
        try place.write("# One\n\n## Here\n\n\(section)", to: "one.txt")
        try place.write(
            "# One\n\n## Here\n\n\(section.replacing(" ", with: "  "))", to: "two.txt")
        _ = try indexed(place)

        #expect(try groups(place).contains(["one.txt", "two.txt"]))
    }

    @Test func `passages of a few words are no duplicates`() throws {
        let place = try Workplace()
        for note in ["a.md", "b.md"] { try place.write("# Monday\n\n- [ ] mail\n", to: note) }
        let result = try indexed(place).run("duplicates")

        #expect(result.status == 3)
        #expect(result.text.isEmpty)
        #expect(
            result.error.contains("no duplicates among 0 passages; 2 too short to count"))
    }

    @Test func `a filter keeps to the notes that pass it`() throws {
        let place = try indexed(place())
        let some = try place.run("duplicates", "--where", "path:a/", "--json")

        #expect(some.status == 3)
        #expect((some.json["groups"] as? [Any])?.isEmpty == true)
        #expect(some.error.contains("with this filter 1 note passes it"))
        #expect(try groups(place, "--where", "path:a/ OR path:b/").count == 1)
    }

    @Test func `each group shows where its passages are and how they begin`() throws {
        let result = try indexed(place()).run("duplicates")

        #expect(
            result.text == """
                1. 2 passages
                   a/server.md:1-3  \(Self.backup)
                   b/server.md:1-3  \(Self.backup)


                """)
    }

    @Test func `a threshold that is out of range, and no index, are errors`() throws {
        let place = try indexed(place(hasModel: false))
        let low = try place.run("duplicates", "--threshold", "0.2")

        #expect(low.status == 2)
        #expect(
            low.error == "lore: 0.2 is not between 0.7 and 1.0; choose a number in that range\n")
        #expect(try Workplace().run("duplicates").status == 4)
    }
}

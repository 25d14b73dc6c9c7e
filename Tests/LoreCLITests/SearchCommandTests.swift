import Foundation
import TestSupport
import Testing

@Suite struct SearchCommandTests {
    @Test func `a hit carries the place, the bytes and the parts of its score`() throws {
        let place = try Workplace(hasModel: true)
        let note = "# Boiler\n\nServiced on 3 March.\n\n## Pressure\n\nKeep it at 1.5 bar.\n"
        try place.write(note, to: "boiler.md")
        try place.write("# Bread\n\nFlour, water, salt.\n", to: "bread.md")
        try place.run("index", place.notes)

        let result = try place.run("search", "boiler pressure in bar", "--json", "--explain")

        #expect(result.status == 0, "\(result.error)")
        #expect(result.json["mode"] as? String == "hybrid")
        let hit = try #require((result.json["hits"] as? [[String: Any]])?.first)
        #expect(hit["path"] as? String == "boiler.md")
        let start = try #require(hit["start_byte"] as? Int)
        let end = try #require(hit["end_byte"] as? Int)
        #expect(
            hit["text"] as? String == String(decoding: Array(note.utf8)[start..<end], as: UTF8.self)
        )
        let parts = try #require(hit["explanation"] as? [[String: Any]])
        let sum = parts.compactMap { $0["contribution"] as? Double }.reduce(0, +)
        #expect(abs(sum - (hit["score"] as? Double ?? -1)) < 1e-9)
    }

    @Test(arguments: [true, false])
    func `a passage that several notes hold is one hit that names the others`(
        hasModel: Bool
    ) throws {
        let place = try Workplace(hasModel: hasModel)
        let text = "Every night at three the server copies its disk to the other house.\n"
        try place.write("# Server\n\n\(text)", to: "a.md")
        try place.write("# Server\n\n\(text)", to: "b/c.md")
        try place.write("# Bread\n\nThe server of the bread is salt.\n", to: "bread.md")
        try place.run("index", place.notes)

        let result = try place.run("search", "server copies disk", "--json")
        let shown = try place.run("search", "server copies disk")
        let short = try place.run("search", "server copies disk", "-n", "1", "--json")
        let why = try place.run("why", "server copies disk", "--document", "b/c.md", "--json")

        let hits = try #require(result.json["hits"] as? [[String: Any]])
        #expect(hits.map { $0["path"] as? String } == ["a.md", "bread.md"])
        #expect(hits[0]["also_in"] as? [String] == ["b/c.md"])
        #expect(hits[1]["also_in"] == nil)
        #expect(shown.text.contains("   also in: b/c.md:1-3\n"))
        let first = (short.json["hits"] as? [[String: Any]])?.first
        #expect(first?["also_in"] as? [String] == ["b/c.md"])
        #expect(why.json["returned"] as? Bool == false)
        #expect(
            why.json["reason"] as? String
                == "its best passage is a duplicate of a.md:1-3, which is hit 1")
    }

    @Test func `meaning finds what shares no word with the query`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# Car\n\nThe automobile needs new tyres.\n", to: "car.md")
        try place.write("# Bread\n\nFlour, water, salt.\n", to: "bread.md")
        try place.run("index", place.notes)

        let result = try place.run(
            "search", "--mode", "semantic", "-n", "1", "vehicle wheels", "--json")

        let hits = result.json["hits"] as? [[String: Any]] ?? []
        #expect(hits.map { $0["path"] as? String } == ["car.md"])
    }

    @Test func `without a model words still find, and one line says how to get the rest`() throws {
        let place = try Workplace()
        try place.write("# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.run("index", place.notes)

        let hybrid = try place.run("search", "steep", "--json")
        let semantic = try place.run("search", "--mode", "semantic", "steep")

        #expect(hybrid.status == 0)
        #expect(hybrid.json["mode"] as? String == "lexical")
        #expect(hybrid.error.contains("lore models pull minilm"))
        #expect(hybrid.error.split(separator: "\n").count == 1)
        #expect(semantic.status != 0)
        #expect(semantic.error.contains("lore models pull minilm"))
    }

    @Test(
        arguments: [
            "\"", "'", "*", "AND OR NOT", "NEAR(tea, 2)", "tea*", "-tea", "title:tea", "^tea", "(",
            ")",
            "tea\" OR \"1", "{tea}", "tea + steep", ";DROP TABLE chunks", "\\",
        ])
    func `what a user types is never syntax`(query: String) throws {
        let place = try Workplace()
        try place.write("# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.run("index", place.notes)

        let result = try place.run("search", "--mode", "lexical", "--json", "--", query)

        #expect(result.status == 0 || result.status == 3, "\(result.error)")
        #expect(result.json["hits"] != nil)
    }

    @Test func `a query of a hundred thousand characters is answered`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.run("index", place.notes)

        // A single argument may not be that long on every system; several make one query.
        let words = (0..<10_000).map { "word\($0) steep" }
        let result = try place.lore.run(["search", "--json"] + words)

        #expect(result.status == 0, "\(result.error.prefix(300))")
    }

    @Test func `a note's control codes do not reach the terminal`() throws {
        let place = try Workplace()
        try place.write("# T\n\nwombat \u{1B}]0;owned\u{07} here\n", to: "a.md")
        try place.run("index", place.notes)

        let result = try place.run("search", "--mode", "lexical", "wombat")

        #expect(!result.text.contains("\u{1B}"))
        #expect(result.text.contains("\u{FFFD}]0;owned\u{FFFD} here"))
    }

    @Test func `without an index the message names the command that makes one`() throws {
        let place = try Workplace()

        let result = try place.run("search", "tea", "--json")

        #expect(result.status == 4)
        #expect(result.error.contains("lore index FOLDER"))
        let error = result.json["error"] as? [String: String]
        #expect(error?["code"] == "incompatible")
        #expect(error?["hint"]?.contains("lore index FOLDER") == true)
    }

    @Test func `an index of another model is refused with both ways out`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.run("index", place.notes)
        try place.folder.write("embedding_model: bge-small\n", to: "config/lore/config.yaml")

        let semantic = try place.run("search", "--mode", "semantic", "tea")
        let lexical = try place.run("search", "--mode", "lexical", "steep")

        #expect(semantic.status == 4, "\(semantic.error)")
        #expect(semantic.error.contains("minilm"))
        #expect(semantic.error.contains("lore index --model bge-small"))
        #expect(lexical.status == 0)
    }

    @Test func `a damaged index is named with the way to mend it`() throws {
        let place = try Workplace()
        try place.folder.write(String(repeating: "no database ", count: 1000), to: "lore.db")

        let result = try place.run("search", "tea")

        #expect(result.status == 4)
        #expect(result.error.contains("lore index FOLDER"))
    }

    @Test(arguments: ["0", "-1", "1001"])
    func `a number of hits out of range is refused`(limit: String) throws {
        let place = try Workplace()
        try place.write("# Tea\n\nSteep.\n", to: "tea.md")
        try place.run("index", place.notes)

        #expect(try place.run("search", "tea", "-n", limit).status == 2)
    }
}

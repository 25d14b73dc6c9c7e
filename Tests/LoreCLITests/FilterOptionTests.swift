import Foundation
import TestSupport
import Testing

@Suite struct FilterOptionTests {
    private func place() throws -> Workplace {
        let place = try Workplace()
        try place.write(
            "---\ntags: [work/q3]\n---\n# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.write("# Bread\n\nKnead for ten minutes.\n", to: "kitchen/2020-05-01 bread.md")
        try place.run("index", place.notes)
        return place
    }

    private func paths(_ result: BuiltBinary.Result) -> [String?] {
        (result.json["hits"] as? [[String: Any]] ?? []).map { $0["path"] as? String }
    }

    @Test(arguments: [
        ("tag:work", ["tea.md"]), ("-tag:work", ["kitchen/2020-05-01 bread.md"]),
        ("path:kitchen/ before:2021", ["kitchen/2020-05-01 bread.md"]),
        ("after:yesterday", ["tea.md"]),
        ("tag:work OR title:bread", ["kitchen/2020-05-01 bread.md", "tea.md"]),
    ])
    func `only notes that pass are found`(filter: String, expected: [String]) throws {
        let result = try place().run("search", "minutes", "--where", filter, "--json")

        #expect(result.status == 0, "\(result.error)")
        #expect(paths(result).compactMap { $0 }.sorted() == expected)
        #expect(result.json["passing_filter"] as? Int == expected.count)
    }

    @Test(arguments: [["search", "tea"], ["ask", "What about tea?"]])
    func `a mistake is a mistake of usage, shown with a caret`(command: [String]) throws {
        let place = try place()
        let result = try place.lore.run(command + ["--where", "type:md -tga:work"])
        let json = try place.lore.run(command + ["--where", "type:md -tga:work", "--json"])

        #expect(result.status == 2)
        #expect(result.text.isEmpty)
        #expect(
            result.error == """
                lore: filters know no field 'tga'; did you mean 'tag:'?
                  type:md -tga:work
                           ^^^

                """)
        let error = json.json["error"] as? [String: String]
        #expect(json.status == 2)
        #expect(error?["code"] == "invalid_input")
        #expect(
            error?["message"]
                == "filters know no field 'tga'\n  type:md -tga:work\n           ^^^")
        #expect(error?["hint"] == "did you mean 'tag:'?")
    }

    @Test(arguments: [
        ("tag:none", "no note passes it"), ("tag:work", "1 note passes it"),
        ("type:md", "2 notes pass it"),
    ])
    func `where nothing is found, the filter's part in it is told`(
        filter: String, sentence: String
    ) throws {
        let place = try place()
        let plain = try place.run("search", "--mode", "lexical", "zebra", "--where", filter)
        let json = try place.run(
            "search", "--mode", "lexical", "zebra", "--where", filter, "--json")

        #expect(plain.status == 3 && json.status == 3)
        #expect(plain.error == "lore: nothing found with this filter: \(sentence)\n")
        #expect(json.error == plain.error)
        #expect(paths(json).isEmpty)
    }

    @Test func `what other notes answer is not in those that pass`() throws {
        let place = try place()
        let question = "How many minutes should tea steep?"
        let tea = try place.run("ask", question, "--where", "tag:work", "--json")
        let bread = try place.run("ask", question, "--where", "folder:kitchen")
        let none = try place.run("ask", question, "--where", "tag:none")

        #expect(tea.json["answer"] as? String == "Steep for four minutes. [1]")
        #expect(tea.status == 0 && bread.status == 3 && none.status == 3)
        #expect(bread.error.contains("lore: the filter was on: 1 note passes it\n"))
        #expect(none.error.contains("lore: the filter was on: no note passes it\n"))
        #expect(none.text == "The notes do not say.\n")
    }

    @Test func `help explains the terms of a filter`() throws {
        let help = try Workplace().run("search", "--help")

        #expect(help.text.contains("--where <filter>"))
        #expect(help.text.contains("after:2026-01-01"))
    }
}

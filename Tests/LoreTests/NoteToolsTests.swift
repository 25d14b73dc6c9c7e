import Foundation
import LoreCore
import TestSupport
import Testing

@testable import Lore

/// The tools by themselves, over notes on which every count is known.
@Suite struct NoteToolsTests {
    private let notes: AskingNotes

    init() async throws {
        notes = try await AskingNotes()
        for month in 1...30 {
            let pump = month % 3 == 0 ? "The pumps ran. Valve \(month) leaked." : "All was dry."
            try notes.folder.write(
                "---\ntags: [log]\ndate: 2026-01-\(month < 10 ? "0" : "")\(month)\n---\n"
                    + "# Day \(month)\n\n\(pump)\n",
                to: "notes/log/day\(month < 10 ? "0" : "")\(month).md")
        }
        try notes.folder.write(
            "# Long\n\n"
                + (1...60).map { "Line \($0) of the long note, which goes on.\n\n" }.joined(),
            to: "notes/long.md")
        try notes.folder.write("---\nlocal_only: true\n---\n# Secret pump\n", to: "notes/secret.md")
        _ = try await notes.knowledgeBase.index(IndexRequest())
    }

    private func run(
        _ name: String, _ arguments: JSONValue, where filter: String? = nil, elsewhere: Bool = false
    ) async throws -> ToolOutput {
        let tools = NoteTools(
            knowledgeBase: notes.knowledgeBase, filter: try filter.map { try Filter($0) },
            isOnThisMachine: !elsewhere)
        let tool = try #require(tools.all.first { $0.definition.name == name })
        return try await tool.run(arguments)
    }

    @Test func `the counts are those of the files`() async throws {
        #expect(try await run("count_notes", [:]).text == "34 notes")
        #expect(
            try await run("count_notes", ["query": "pump"]).text
                == #"11 notes that hold the words of "pump""#)
        #expect(
            try await run("count_notes", ["where": "tag:log after:2026-01-20"]).text
                == "11 notes with tag:log after:2026-01-20")
        #expect(
            try await run("count_notes", ["query": "valve 9", "where": "tag:log"]).text
                == #"1 note that holds the words of "valve 9" with tag:log"#)
        #expect(
            try await run("count_notes", ["query": "submarine"]).text
                == #"0 notes that hold the words of "submarine""#)
    }

    @Test func `words may stand in two chunks of a note, and no other words are tried`()
        async throws
    {
        #expect(
            try await run("list_notes", ["query": "line 1 60"]).text
                == "1 note that holds the words of \"line 1 60\"\n- long.md: Long")
        #expect(try await run("count_notes", ["query": "pumpz"]).text.hasPrefix("0 notes"))
    }

    @Test func `a list is whole, in the order of paths, page by page`() async throws {
        let first = try await run("list_notes", ["where": "tag:log", "limit": 3])
        let last = try await run("list_notes", ["where": "tag:log", "skip": 28])

        #expect(
            first.text == """
                30 notes with tag:log; here are 3 from number 1 on
                - log/day01.md: Day 1 (2026-01-01)
                - log/day02.md: Day 2 (2026-01-02)
                - log/day03.md: Day 3 (2026-01-03)
                """)
        #expect(first.origins.map(\.path) == ["log/day01.md", "log/day02.md", "log/day03.md"])
        #expect(last.text.hasPrefix("30 notes with tag:log; here are 2 from number 29 on\n"))
    }

    @Test func `the user's own filter holds for every tool`() async throws {
        let only = "path:log/ before:2026-01-04"
        #expect(try await run("count_notes", [:], where: only).text == "3 notes")
        #expect(
            try await run("count_notes", ["where": "type:md OR type:txt"], where: only).text
                == "3 notes with type:md OR type:txt")
        let found = try await run("search_notes", ["query": "valve leaked"], where: only)
        #expect(found.passages.map(\.path) == ["log/day03.md"])
        await #expect(throws: KnowledgeBaseError.unknownNote(path: "tea.md")) {
            try await run("read_note", ["path": "tea.md"], where: only)
        }
    }

    @Test func `a note is read whole or by lines, in its own chunks`() async throws {
        let whole = try await run("read_note", ["path": "long.md"])
        let lines = try await run("read_note", ["path": "long.md", "lines": "50-60"])
        let beyond = try await run("read_note", ["path": "long.md", "lines": "500-600"])

        #expect(whole.passages.count > 2)
        #expect(whole.passages.first?.chunk.range.lines.lowerBound == 1)
        #expect(lines.passages.allSatisfy { $0.chunk.range.lines.overlaps(50...60) })
        #expect(lines.passages.count < whole.passages.count)
        #expect(beyond.passages.isEmpty)
        #expect(beyond.text == "long.md has nothing there; its last line is 121")
    }

    @Test(arguments: ["../../etc/passwd", "/etc/passwd", "log/../tea.md", "nothing.md"])
    func `no file is read that is no note`(path: String) async throws {
        await #expect(throws: KnowledgeBaseError.unknownNote(path: path)) {
            try await run("read_note", ["path": .string(path)])
        }
    }

    @Test func `a model elsewhere is not told of local-only notes`() async throws {
        #expect(try await run("count_notes", [:], elsewhere: true).text == "33 notes")
        #expect(
            try await run("list_notes", ["query": "secret"], elsewhere: true).text
                == #"0 notes that hold the words of "secret""#)
        await #expect(throws: KnowledgeBaseError.unknownNote(path: "secret.md")) {
            try await run("read_note", ["path": "secret.md"], elsewhere: true)
        }
        #expect(
            try await run("list_notes", ["query": "secret"]).text.hasSuffix(
                "- secret.md: Secret pump"))
    }

    @Test func `arguments that will not do are told by name`() async throws {
        await #expect(throws: ToolArgumentError.missing("query")) {
            try await run("search_notes", ["query": "  "])
        }
        await #expect(throws: ToolArgumentError.wrongKind("limit", "a whole number")) {
            try await run("list_notes", ["limit": "many"])
        }
        await #expect(throws: ToolArgumentError.noLines("ten")) {
            try await run("read_note", ["path": "long.md", "lines": "ten"])
        }
        await #expect(throws: ToolArgumentError.noWords("?!")) {
            try await run("count_notes", ["query": "?!"])
        }
        await #expect(throws: FilterError.self) {
            try await run("count_notes", ["where": "tag:"])
        }
        #expect(try await run("list_notes", ["limit": "2"]).origins.count == 2)
    }
}

import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct VerifyCommandTests {
    private static let tea = "# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n"

    /// A note, and two answers that quote it.
    private func place() throws -> Workplace {
        let place = try Workplace()
        try place.write(Self.tea, to: "tea.md")
        try place.run("index", place.notes, "--no-embed")
        let store = try Store(path: place.database, access: .readWrite)
        try keep("a1", "How long?", [(3, 7, "Steep it for four minutes.")], in: store)
        try keep(
            "b2", "Which water?",
            [(3, 7, "Steep it for four minutes."), (5, 35, "Use soft water.")], in: store)
        try store.close()
        return place
    }

    private func keep(
        _ id: String, _ question: String, _ quotes: [(line: Int, start: Int, text: String)],
        in store: Store
    ) throws {
        try store.open(
            OpenedTurn(
                conversationID: "c", answerID: id, askedAt: "2026-12-01T10:00:00Z",
                question: question, standaloneQuestion: question, model: "extractive"))
        let citations = quotes.enumerated().map { index, quote in
            Citation(
                number: index + 1, folder: "notes", path: "tea.md",
                range: SourceRange(
                    bytes: quote.start..<quote.start + quote.text.utf8.count,
                    lines: quote.line...quote.line),
                quote: quote.text, verified: true, chunkID: ChunkID(rawValue: 1))
        }
        try store.close(
            Answer(
                id: id, conversationID: "c", question: question, standaloneQuestion: question,
                state: .grounded, confidence: 1, text: "", citations: citations, passages: [],
                model: "extractive", usage: .none, took: .zero))
    }

    @Test func `quotes that stand are ok, with status 0`() throws {
        let result = try place().run("verify")

        #expect(result.status == 0)
        #expect(result.error.isEmpty)
        #expect(
            result.text == """
                [1] ok       tea.md:3
                    > Steep it for four minutes.
                [2] ok       tea.md:5
                    > Use soft water.

                """)
    }

    @Test func `what has moved and what has changed is told, with status 1`() throws {
        let place = try place()
        try place.write("\n" + Self.tea.replacing("soft", with: "hard"), to: "tea.md")

        let result = try place.run("verify", "b")
        let body = try place.run("verify", "b2", "--json")

        #expect(result.status == 1)
        #expect(
            result.text == """
                [1] moved    tea.md:4, was tea.md:3
                    > Steep it for four minutes.
                [2] changed  tea.md:5
                    > Use soft water.

                """)
        #expect(body.status == 1)
        #expect(body.json["answer_id"] as? String == "b2")
        let citations = try #require(body.json["citations"] as? [[String: Any]])
        #expect(citations.map { $0["n"] as? Int } == [1, 2])
        #expect(citations.map { $0["path"] as? String } == ["tea.md", "tea.md"])
        #expect(citations.map { $0["status"] as? String } == ["moved", "changed"])
        #expect(citations.map { $0["start_line"] as? Int } == [4, nil])
        #expect(citations.map { $0["end_line"] as? Int } == [4, nil])
        #expect(body.json["skipped"] == nil)
    }

    @Test func `stale answers are listed with what has changed`() throws {
        let place = try place()
        let fresh = try place.run("stale")
        try place.write(Self.tea.replacing("soft", with: "hard"), to: "tea.md")

        let result = try place.run("stale")
        let body = try place.run("stale", "--json")

        #expect(fresh.status == 0)
        #expect(fresh.text.isEmpty)
        #expect(fresh.error == "lore: no answer is stale\n")
        #expect(result.status == 0)
        #expect(
            result.text == """
                > Which water?
                2026-12-01T10:00:00Z, answer b2
                [2] changed  tea.md:5
                    > Use soft water.


                """)
        let answers = try #require(body.json["answers"] as? [[String: Any]])
        #expect(answers.map { $0["answer_id"] as? String } == ["b2"])
        #expect(answers.map { $0["question"] as? String } == ["Which water?"])
        #expect(answers.map { $0["asked_at"] as? String } == ["2026-12-01T10:00:00Z"])
        let citations = answers[0]["citations"] as? [[String: Any]]
        #expect(citations?.map { $0["status"] as? String } == ["ok", "changed"])
    }

    @Test func `a file that cannot be read is named, with status 7`() throws {
        let place = try place()
        try place.write("a\u{0}b", to: "tea.md")

        let result = try place.run("verify", "a1", "--json")

        #expect(result.status == 7)
        #expect((result.json["citations"] as? [Any])?.isEmpty == true)
        let skipped = result.json["skipped"] as? [[String: Any]]
        #expect(skipped?.map { $0["path"] as? String } == ["tea.md"])
        #expect(
            result.error
                == "lore: not checked: 'tea.md' is binary (NUL byte at 1); list it in .loreignore\n"
        )
        #expect(try place.run("stale").status == 7)
    }

    @Test func `an answer that is not there ends with status 3`() throws {
        let result = try place().run("verify", "x")

        #expect(result.status == 3)
        #expect(
            result.error
                == "lore: no answer has the id 'x'; `lore conversations show` tells the ids of answers\n"
        )
    }
}

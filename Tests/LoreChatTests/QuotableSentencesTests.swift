import LoreChat
import LoreCore
import Testing

@Suite struct QuotableSentencesTests {
    private let tea = hit(
        title: "Tea",
        text: "# Tea\n\nSteep it for\nfour minutes. Use soft water.\n\n---\n\n- No milk.",
        path: "tea.md", offset: 100, line: 11)
    private let bread = hit(title: "Bread", text: "Flour, water, salt.", path: "bread.md")

    private func citation(
        _ statement: String, from id: String, of passages: [Hit]? = nil
    ) -> Citation? {
        QuotableSentences(of: passages ?? [tea, bread])
            .citations(of: Statement(text: statement, sources: [id]), answering: "").first
    }

    private func sentences(_ count: Int) -> String {
        (1...count).map { "Line \($0) of a log.\n" }.joined()
    }

    @Test func `each sentence stands on a line of its own behind its ID`() throws {
        let prompt = try PromptBuilder(
            window: 100_000, maxTokens: 100, historyShare: 1, form: .statements(sources: 3)
        ) { $0 }
        .draft(
            "How long?", passages: [tea, bread], attachment: nil
        ).prompt()

        #expect(
            prompt.turn == """
                ```passage [1]
                tea.md, lines 11-18
                Tea

                # Tea
                1.1 Steep it for four minutes.
                1.2 Use soft water.
                1.3 - No milk.
                ```

                ```passage [2]
                bread.md, lines 1-1
                Bread

                2.1 Flour, water, salt.
                ```

                Question: How long?
                """)
        #expect(prompt.system == ReplyForm.statements(sources: 3).instructions())
        #expect(prompt.system.contains(#"{"statements":[]}"#))
        #expect(prompt.system.contains("or up to 3 where"))
        #expect(!ReplyForm.statements(sources: 1).instructions().contains("or up to"))
    }

    @Test func `a citation is the sentence's own bytes where they stand`() throws {
        let citation = try #require(self.citation("Steep it for four minutes.", from: "1.1"))
        #expect(citation.quote == "Steep it for\nfour minutes.")
        #expect(citation.range == SourceRange(bytes: 107..<133, lines: 13...14))
        #expect(citation.number == 1)
        #expect(citation.path == "tea.md")
        #expect(self.citation("Flour, water, salt.", from: "2.1")?.path == "bread.md")
    }

    @Test(arguments: ["", "1", "1.0", "1.4", "2.2", "3.1", "01.1", "1.1 ", "-1.1"])
    func `there is no other ID`(id: String) {
        #expect(citation("Steep it for four minutes.", from: id) == nil)
    }

    @Test func `the schema lists the IDs and nothing else`() {
        let schema = QuotableSentences(of: [tea, bread]).schema(sources: 3)

        #expect(
            schema.schema.text == """
                {"type":"object","properties":{"statements":{"type":"array","items":\
                {"type":"object","properties":{"sources":{"type":"array","items":\
                {"type":"string","enum":["1.1","1.2","1.3","2.1"]},"maxItems":3},"text":\
                {"type":"string"}},"required":["sources","text"],\
                "additionalProperties":false}}},"required":["statements"],\
                "additionalProperties":false}
                """)
        #expect(schema.isClosed)
    }

    @Test func `without sentences a statement has no sources`() {
        let schema = QuotableSentences(of: []).schema(sources: 3).schema

        #expect(!schema.text.contains("sources"))
        #expect(!schema.text.contains("enum"))
    }

    @Test func `passages beyond 250 sentences are left out`() {
        let hundred = hit(text: sentences(100))

        #expect(QuotableSentences.fitting([hundred, hundred, hundred]).count == 2)
        #expect(QuotableSentences.fitting([hundred, hundred, hit(text: sentences(50))]).count == 3)
        #expect(QuotableSentences.fitting([hundred, hundred, hit(text: sentences(51))]).count == 2)
        #expect(QuotableSentences.fitting([]).isEmpty)
    }

    @Test func `the first passage stays, cut to 250 sentences`() throws {
        let long = hit(text: sentences(300))
        let fitting = QuotableSentences.fitting([long, bread])

        #expect(fitting == [long])
        #expect(
            citation("Line 250 of a log.", from: "1.250", of: fitting)?.quote
                == "Line 250 of a log.")
        #expect(citation("Line 251 of a log.", from: "1.251", of: fitting) == nil)
        let prompt = try PromptBuilder(
            window: 100_000, maxTokens: 100, historyShare: 1, form: .statements(sources: 3)
        ) { $0 }
        .draft(
            "How long?", passages: fitting, attachment: nil
        ).prompt()
        #expect(prompt.turn.contains("\n1.250 "))
        #expect(!prompt.turn.contains("1.251"))
    }
}

import LoreChat
import LoreCore
import Testing

@Suite struct StatementTextTests {
    private let sentences = QuotableSentences(of: [
        hit(text: "Steep it for four minutes. Use soft water.", path: "tea.md"),
        hit(text: "Flour, water, salt.", path: "bread.md"),
    ])

    private func text(_ statements: (String, [String])...) -> StatementText {
        var text = StatementText(
            sentences, answering: "How long does it steep?", knowing: ["https://tea.example"])
        var shown = ""
        for (words, sources) in statements {
            shown += text.add(Statement(text: words, sources: sources))
        }
        #expect(shown == text.text)
        return text
    }

    @Test func `each statement is followed by the numbers of its passages`() {
        let text = text(
            ("Four minutes.", ["1.1"]), ("Flour, salt, soft water.", ["2.1", "1.2", "1.1"]))

        #expect(text.text == "Four minutes. [1] Flour, salt, soft water. [2][1]")
        // The first sentence says nothing of water.
        #expect(
            text.citations.map(\.quote) == [
                "Steep it for four minutes.", "Flour, water, salt.", "Use soft water.",
            ])
        #expect(text.citations.map(\.number) == [1, 2, 1])
        #expect(text.isCitedThroughout)
    }

    @Test func `an ID of no sentence is dropped, and without another the statement is uncited`() {
        let text = text(("Four minutes.", ["1.1", "9.9"]), ("Soft water.", ["1.7"]))

        #expect(text.text == "Four minutes. [1] Soft water.")
        #expect(text.citations.count == 1)
        #expect(!text.isCitedThroughout)
    }

    @Test func `numbers in a statement's own words cite nothing`() {
        let text = text((" Four minutes [2]. ", ["1.1"]), ("[1]", ["1.2"]), ("  ", ["1.2"]))

        #expect(text.text == "Four minutes. [1]")
        #expect(text.citations.count == 1)
    }

    @Test func `an address that the model was not given is not shown`() {
        let text = text(
            ("Steep it four minutes, https://tea.example", ["1.1"]),
            ("Use soft water, http://evil.example?q=1", ["1.2"]))

        #expect(
            text.text
                == "Steep it four minutes, https://tea.example [1] Use soft water, (address removed) [1]"
        )
    }

    @Test func `what was said is not said again`() {
        let text = text(("Four minutes.", ["1.1"]), ("Four minutes.", ["1.1"]), ("Soft.", ["1.2"]))

        #expect(text.text == "Four minutes. [1] Soft. [1]")
    }

    @Test func `items have lines of their own`() {
        let text = text(
            ("It takes two things:", []), ("- Flour", ["2.1"]), ("- Salt", ["2.1"]),
            ("No more than water.", ["2.1"]))

        #expect(
            text.text == """
                It takes two things:
                - Flour [2]
                - Salt [2]
                No more than water. [2]
                """)
        #expect(text.isCitedThroughout)
    }

    @Test(arguments: [
        "How long does it steep?", "how long does it", "Long does it steep?",
    ])
    func `what only repeats the question is not said`(words: String) {
        let text = text((words, ["1.1"]))

        #expect(text.text.isEmpty)
        #expect(text.hasEchoes)
        #expect(!text.isCitedThroughout)
    }

    @Test func `what affirms the question is said where a sentence says it`() {
        var text = StatementText(
            sentences, answering: "Do you use soft water?", knowing: [])

        #expect(
            text.add(Statement(text: "Use soft water.", sources: ["1.2"])) == "Use soft water. [1]")
        #expect(!text.hasEchoes)
    }

    @Test func `a few words of the question may be its answer`() {
        let text = text(("Long.", []), ("It steeps four minutes long.", ["1.1"]))

        #expect(text.text == "Long. It steeps four minutes long. [1]")
        #expect(!text.hasEchoes)
    }

    @Test func `no statement is nothing cited`() {
        #expect(text().isEmpty)
        #expect(!text().isCitedThroughout)
    }
}

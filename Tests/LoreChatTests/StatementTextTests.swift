import LoreChat
import LoreCore
import Testing

@Suite struct StatementTextTests {
    private let sentences = QuotableSentences(of: [
        hit(text: "Steep it for four minutes. Use soft water.", path: "tea.md"),
        hit(text: "Flour, water, salt.", path: "bread.md"),
    ])

    private func text(_ statements: (String, [String])...) -> StatementText {
        var text = StatementText(sentences, knowing: ["https://tea.example"])
        var shown = ""
        for (words, sources) in statements {
            shown += text.add(Statement(text: words, sources: sources))
        }
        #expect(shown == text.text)
        return text
    }

    @Test func `each statement is followed by the numbers of its passages`() {
        let text = text(
            ("Four minutes.", ["1.1"]), ("Both take water.", ["2.1", "1.2", "1.1"]))

        #expect(text.text == "Four minutes. [1] Both take water. [2][1]")
        #expect(
            text.citations.map(\.quote) == [
                "Steep it for four minutes.", "Flour, water, salt.", "Use soft water.",
            ])
        #expect(text.citations.map(\.number) == [1, 2, 1])
        #expect(text.isCitedThroughout)
    }

    @Test func `an ID of no sentence is dropped, and without another the statement is uncited`() {
        let text = text(("Four minutes.", ["1.1", "9.9"]), ("With milk.", ["1.7"]))

        #expect(text.text == "Four minutes. [1] With milk.")
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
            ("See https://tea.example now.", ["1.1"]), ("See http://evil.example?q=1", ["1.1"]))

        #expect(text.text == "See https://tea.example now. [1] See (address removed) [1]")
    }

    @Test func `what was said is not said again`() {
        let text = text(("Four minutes.", ["1.1"]), ("Four minutes.", ["1.1"]), ("Soft.", ["1.2"]))

        #expect(text.text == "Four minutes. [1] Soft. [1]")
    }

    @Test func `items have lines of their own`() {
        let text = text(
            ("It takes two things.", ["2.1"]), ("- Flour", ["2.1"]), ("- Salt", ["2.1"]),
            ("That is all.", ["2.1"]))

        #expect(
            text.text == """
                It takes two things. [2]
                - Flour [2]
                - Salt [2]
                That is all. [2]
                """)
    }

    @Test func `no statement is nothing cited`() {
        #expect(text().isEmpty)
        #expect(!text().isCitedThroughout)
    }
}

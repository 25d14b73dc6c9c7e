import LoreChat
import LoreCore
import Testing

@Suite struct QuestionRewriterTests {
    private let rewriter = QuestionRewriter()
    private let turns = [
        EarlierTurn(question: "How do I install lore?", answer: "With the package."),
        EarlierTurn(question: "Does it need OpenBLAS on Linux?", answer: "Yes, version 0.3."),
    ]

    /// One telling word, so that the need is full: 0.4 for the question before, 0.4 × 0.6 before that.
    @Test func `a question that points back carries the questions before it and the answer`() {
        let standalone = rewriter.standalone("and on Windows?", after: turns)

        #expect(standalone.question == "and on Windows?")
        #expect(
            standalone.carried.map(\.text) == [
                "Does it need OpenBLAS on Linux?", "How do I install lore?", "Yes, version 0.3.",
            ])
        #expect(isNear(standalone.carried, [0.4, 0.24, 0.1]))
        #expect(
            standalone.text == "and on Windows? (need OpenBLAS Linux install lore Yes version 0.3)")
    }

    @Test func `the first question of a conversation stays as it is`() {
        let standalone = rewriter.standalone("and on Windows?", after: [])

        #expect(standalone == StandaloneQuestion("and on Windows?"))
        #expect(standalone.text == "and on Windows?")
    }

    /// Five telling words and no tie: (3 / 5)² × 0.5 = 0.18, below 0.2.
    @Test func `a question about something else stands alone`() {
        let question = "Which small birds winter in southern Spain?"

        #expect(rewriter.standalone(question, after: turns) == StandaloneQuestion(question))
    }

    /// Five telling words, "lore" among those before: (3 / 5)² = 0.36; 0.4 × 0.36 = 0.144.
    @Test func `a longer question that shares a word takes less`() {
        let standalone = rewriter.standalone(
            "Which folders will lore watch every night?", after: turns)

        #expect(isNear(standalone.carried, [0.144, 0.0864, 0.036]))
        #expect(
            standalone.text
                == "Which folders will lore watch every night? (need OpenBLAS Linux)")
    }

    /// Seven telling words: (3 / 7)² = 0.18, below 0.2.
    @Test func `a long question stands alone although it shares a word`() {
        let question = "Which folders will lore watch every night without asking twice?"

        #expect(rewriter.standalone(question, after: turns).carried.isEmpty)
    }

    /// Two telling words and no tie: the need is halved, 0.4 × 0.5 = 0.2.
    @Test func `a short question without a tie takes half`() {
        let standalone = rewriter.standalone("Spanish birds?", after: turns)

        #expect(isNear(standalone.carried, [0.2, 0.12, 0.05]))
    }

    @Test func `the user's own words weigh more than any that are carried`() {
        let topics = ["What?", "Why?", "and then?", "birds", "the other one, please?"]
        for question in topics {
            let carried = rewriter.standalone(question, after: turns + turns + turns).carried
            #expect(carried.count == 5, "\(question)")
            #expect(carried.allSatisfy { $0.weight <= 0.4 }, "\(question)")
        }
    }

    @Test func `a bare yes asks the question before once more`() {
        let standalone = rewriter.standalone("Yes, please.", after: turns)

        #expect(standalone.question == "Does it need OpenBLAS on Linux?")
        #expect(
            standalone.carried.map(\.text) == [
                "How do I install lore?", "With the package.", "Yes, version 0.3.",
            ])
        #expect(isNear(standalone.carried, [0.4, 0.1, 0.1]))
    }

    @Test func `of a long answer the beginning counts, of one that is missing nothing`() {
        let words = (1...100).map { "w\($0)" }.joined(separator: " ")
        let long = EarlierTurn(question: "Which words?", answer: words)
        let silent = EarlierTurn(question: "Which words?", answer: "")

        let carried = rewriter.standalone("and then?", after: [long]).carried
        #expect(carried.last?.text.hasSuffix(" w40") == true)
        #expect(rewriter.standalone("and then?", after: [silent]).carried.count == 1)
    }

    private func isNear(_ carried: [CarriedText], _ weights: [Double]) -> Bool {
        carried.count == weights.count
            && zip(carried, weights).allSatisfy { abs($0.weight - $1) < 1e-9 }
    }
}

import LoreChat
import LoreCore
import Testing

@Suite struct ExtractiveAnswererTests {
    private let terms = ["retry", "delay"].map { QuestionTerm(text: $0, weight: 1) }

    @Test func `the sentence with the question's words comes first`() async throws {
        let passage = hit(text: "We like tea. The retry delay is two seconds. It rains.")

        let sentences = try await answer([passage])

        #expect(sentences[0].text == "The retry delay is two seconds.")
        #expect(sentences.map(\.number) == [1, 2, 3])
    }

    @Test func `the sentence nearest in meaning comes first where no word tells`() async throws {
        let passage = hit(text: "We like tea. Wait two seconds. It rains.")
        let embedder = TableEmbedder(vectors: ["Wait two seconds.": [1, 0]])

        let sentences = try await ExtractiveAnswerer().sentences(
            terms: terms, passages: [passage],
            meaning: QuestionMeaning(vector: [1, 0], embedder: embedder))

        #expect(sentences[0].text == "Wait two seconds.")
        // z of (0, 1, 0) is √2 for the one and −√½ for the others; no word was found.
        #expect(abs(sentences[0].score - 2.0.squareRoot()) < 1e-9)
        #expect(abs(sentences[1].score + 0.5.squareRoot()) < 1e-9)
    }

    @Test func `a quote is exactly the bytes of the note at its range`() async throws {
        let note = "# Naïve\n\nIntro: é.\nThe retry\ndelay is 2 s. More text here.\n"
        let start = 10
        let text = String(decoding: Array(note.utf8)[start...], as: UTF8.self)

        let sentences = try await answer([hit(text: text, offset: start, line: 3)])

        let best = sentences[0]
        #expect(best.quote == "The retry\ndelay is 2 s.")
        #expect(best.text == "The retry delay is 2 s.")
        #expect(Array(note.utf8)[best.range.bytes].elementsEqual(best.quote.utf8))
        #expect(best.range.lines == 4...5)
    }

    @Test func `a sentence that repeats another is left out`() async throws {
        let passages = [
            hit(text: "The retry delay is two seconds.", path: "a.md"),
            hit(text: "The retry delay is **two** seconds! Ask Ann.", path: "b.md"),
        ]

        let sentences = try await answer(passages)

        #expect(sentences.map(\.text) == ["The retry delay is two seconds.", "Ask Ann."])
        #expect(sentences.map(\.passage.path) == ["a.md", "b.md"])
    }

    @Test func `among equals the better passage is quoted`() async throws {
        let passages = [
            hit(text: "One retry delay here.", path: "a.md"),
            hit(text: "Another retry delay there.", path: "b.md"),
        ]

        #expect(try await answer(passages).map(\.passage.path) == ["a.md", "b.md"])
        #expect(try await answer(passages.reversed()).map(\.passage.path) == ["b.md", "a.md"])
    }

    @Test func `a passage that ranks a tenth lower costs its sentences one deviation`() async throws
    {
        let passages = [hit(text: "Tea.", score: 0.9), hit(text: "Milk.", score: 0.8)]

        let scores = try await answer(passages).map(\.score)

        #expect(scores.count == 2 && scores[0] == 0 && abs(scores[1] + 1) < 1e-9)
    }

    @Test func `headings answer only where there is nothing else`() async throws {
        let withText = try await answer([hit(text: "# Retry delay\n\nTwo seconds.")])
        let alone = try await answer([hit(text: "# Retry delay")])

        #expect(withText.map(\.text) == ["Two seconds."])
        #expect(alone.map(\.text) == ["Retry delay"])
    }

    @Test func `passages beyond the fifth are not looked at`() async throws {
        let dull = (0..<5).map { hit(text: "Dull number \($0).") }

        let sentences = try await answer(dull + [hit(text: "The retry delay.")])

        #expect(!sentences.contains { $0.text == "The retry delay." })
    }

    @Test func `no passage gives no sentence`() async throws {
        #expect(try await answer([]).isEmpty)
        #expect(try await answer([hit(text: "---\n")]).isEmpty)
    }

    @Test func `each sentence of the answer carries its number`() async throws {
        let prose = try await answer([hit(text: "The retry delay is 2 s. Why not?")])
        let rows = try await answer([hit(text: "- retry delay: 2 s\n- tea")])

        #expect(AnswerSentence.answerText(prose) == "The retry delay is 2 s. [1] Why not? [2]")
        #expect(AnswerSentence.answerText(rows) == "retry delay: 2 s [1]\ntea [2]")
        #expect(AnswerSentence.answerText([]) == "")
    }

    private func answer(_ passages: [Hit]) async throws -> [AnswerSentence] {
        try await ExtractiveAnswerer().sentences(terms: terms, passages: passages, meaning: nil)
    }
}

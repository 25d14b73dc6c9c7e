import LoreChat
import LoreCore
import TestSupport
import Testing

@Suite struct CitedTextTests {
    private func cited(_ text: String, passages: Int = 3) -> CitedText {
        var stream = CitationStream(passages: passages)
        _ = stream.read(text)
        _ = stream.finish()
        return CitedText(stream)
    }

    private let boiler = hit(
        title: "Boiler",
        text: """
            # Boiler

            The boiler was serviced on 3 March by the man from Lund. The bill came to 1,200 kronor.

            - Keep the pressure at 1.5 bar.
            - Drain it in November.
            """, path: "home/boiler.md", offset: 40, line: 7)
    private let bread = hit(
        title: "Bread", text: "Flour, water and salt. Bake at 240 degrees.", path: "bread.md")

    @Test(
        arguments: [
            ("The tea is green [1]. It is hot [2].", ["The tea is green .", "It is hot ."]),
            ("The tea is green. [1] It is hot. [2]", ["The tea is green.", " It is hot."]),
            ("The tea is green. [1][2]", ["The tea is green.", "The tea is green."]),
            ("Tea [1] and milk [2].", ["Tea  and milk .", "Tea  and milk ."]),
            ("[1] says so.", [" says so."]),
            ("Tea.\n[1] Milk.", [" Milk."]),
        ])
    func `a mark belongs to the sentence it stands in or behind`(text: String, claims: [String]) {
        let cited = cited(text)

        #expect(cited.marks.map(cited.claim) == claims)
    }

    @Test(
        arguments: [
            ("It rains [1].", true), ("It rains. [1]", true), ("It rains.", false),
            ("It rains [1]. It snows.", false), ("It rains. [1] It snows.", false),
            ("It rains. It snows [1].", true), ("It rains [1].\n\nIt snows.", false),
            ("These:\n\n- rain [1]\n- snow [2]", true), ("These:\n\n- rain [1]\n- snow", false),
            ("# Weather\n\nIt rains [1].", true), ("", false), ("[1]", false),
            ("- [1]\n- [2]", false), ("42 [1]", true),
        ])
    func `each paragraph and each item must end with a citation`(text: String, isCited: Bool) {
        #expect(cited(text).isCitedThroughout == isCited)
    }

    @Test(
        arguments: [
            ("[1]", true), ("- [1]\n- [2].", true), ("", false), ("Yes [1]", false),
            ("42 [1]", false),
        ])
    func `marks alone say nothing`(text: String, isMarksAlone: Bool) {
        #expect(cited(text).isMarksAlone == isMarksAlone)
    }

    @Test func `the quote is the sentence that shares most with the statement`() {
        let answer = cited(
            "The service was on 3 March [1]. It cost 1,200 kronor [1] and the oven is at 240 degrees [2]."
        )

        let citations = answer.citations(of: [boiler, bread], answering: "What about the boiler?")

        #expect(
            citations.map(\.quote) == [
                "The boiler was serviced on 3 March by the man from Lund.",
                "The bill came to 1,200 kronor.", "Bake at 240 degrees.",
            ])
        #expect(citations.map(\.number) == [1, 1, 2])
        #expect(citations[0].range.lines == 9...9)
        #expect(citations[0].path == "home/boiler.md")
    }

    @Test func `statements on one sentence make one citation`() {
        let answer = cited("Serviced on 3 March [1]. By the man from Lund [1].")

        #expect(answer.citations(of: [boiler], answering: "Who?").count == 1)
    }

    @Test func `an answer without words of its own rests on those of the question`() {
        let citations = cited("Yes [1].").citations(
            of: [boiler], answering: "Is the pressure 1.5 bar?")

        #expect(citations.map(\.quote) == ["- Keep the pressure at 1.5 bar."])
    }

    @Test func `where no sentence supports the statement there is no quote`() {
        let citations = cited("Zebras gallop [2].").citations(
            of: [boiler, bread], answering: "Do zebras gallop?")

        #expect(citations.map(\.quote) == [""])
        #expect(citations[0].path == "bread.md")
    }

    @Test func `no quote is anything but bytes of its passage at its place`() {
        let words = ["boiler", "bread", "3 March", "pressure", "kronor", "[1]", "[2]", "[7]", "."]
        let passages = [boiler, bread]
        for seed in UInt64(1)...2_000 {
            var random = SeededRandom(seed: seed)
            let text = (0..<Int.random(in: 1...16, using: &random)).map { _ in
                words[Int.random(in: 0..<words.count, using: &random)]
            }.joined(separator: " ")
            for citation in cited(text, passages: 2).citations(of: passages, answering: "What?") {
                let chunk = passages[citation.number - 1].chunk
                let start = citation.range.bytes.lowerBound - chunk.range.bytes.lowerBound
                let bytes = Array(chunk.text.utf8)[start...].prefix(citation.quote.utf8.count)
                #expect(Array(bytes) == Array(citation.quote.utf8), "seed \(seed)")
            }
        }
    }
}

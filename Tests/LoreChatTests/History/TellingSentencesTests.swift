import Testing

@testable import LoreChat

@Suite struct TellingSentencesTests {
    @Test(
        arguments: [
            ("Where is it?", 0), ("It is there.", 1), ("It costs 40 crowns.", 2),
            ("It is Ada's.", 2), ("We decided on oak.", 5), ("My sister Ada is 40.", 5),
            ("It stands in [tea.md:3].", 2),
        ])
    func `numbers, names, decisions and the user's own affairs tell`(
        sentence: String, weight: Int
    ) {
        #expect(TellingSentences.weight(of: sentence) == weight)
    }

    @Test func `a text is shortened to the sentences that tell most`() {
        let text = "Hello there. My berth is number 9. It rains a lot. What do you think of it?"

        #expect(TellingSentences.shortened(text, toBytes: 30) == "My berth is number 9.")
        #expect(
            TellingSentences.shortened(text, toBytes: 40) == "My berth is number 9. It rains a lot."
        )
        #expect(TellingSentences.shortened(text, toBytes: 200) == text)
        #expect(TellingSentences.shortened(text, toBytes: 5) == "")
    }

    @Test func `what is said twice is kept once`() {
        let chosen = TellingSentences.chosen(
            ["Ada has 9.", "Bo has 7.", "Ada has 9."], toBytes: 100)

        #expect(chosen == ["Bo has 7.", "Ada has 9."])
    }
}

import LoreChat
import LoreCore
import Testing

@Suite struct RetrievedHistoryTests {
    private let turns = (1...20).map { number in
        number == 5
            ? turn(5, "Which berth is dredged?", "The ninth berth is dredged.")
            : turn(number, "What of buoy \(number)?", "Buoy \(number) is red.")
    }

    @Test func `the turns whose words match come back, between the last ones and in order`() {
        let history = RetrievedHistory(
            terms: [QuestionTerm(text: "dredged", weight: 2)], meaning: nil
        ).history(of: turns, in: HistoryRoom(2000))

        #expect(history.turns.map(\.number) == [5, 17, 18, 19, 20])
        #expect(history.words.map(\.number) == Array(1...4) + Array(6...16))
    }

    @Test func `the turns whose meaning is near come back`() {
        var vectors = Dictionary(uniqueKeysWithValues: turns.map { ($0.number, [Float(0), 1]) })
        vectors[7] = [1, 0]
        let history = RetrievedHistory(
            terms: [QuestionTerm(text: "unknown", weight: 2)],
            meaning: TurnMeaning(question: [1, 0], turns: vectors)
        ).history(of: turns, in: HistoryRoom(2000))

        #expect(history.turns.map(\.number) == [7, 17, 18, 19, 20])
    }

    @Test func `what matters is kept before other words where room is short`() {
        let long = turn(5, "Which berth is dredged?", String(repeating: "The ninth. ", count: 20))
        let history = RetrievedHistory(
            terms: [QuestionTerm(text: "dredged", weight: 2)], meaning: nil
        ).history(of: turns.map { $0.number == 5 ? long : $0 }, in: HistoryRoom(300))

        #expect(history.turns.map(\.number) == [20])
        #expect(history.words.map(\.number) == [5, 15, 16, 17, 18, 19])
        #expect(history.plainTokens <= 300)
    }
}

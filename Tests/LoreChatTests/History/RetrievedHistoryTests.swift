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

    @Test func `the facts of the first turns stay, however long what matters is`() {
        let fact = "My budget is 4,200 EUR and my berth is B-14."
        let long = String(
            repeating: "We dredged berth 9 to 6.5 m on Monday and will pay Ada. ", count: 8)
        let turns = (1...20).map { number in
            switch number {
            case 2: turn(2, fact, "Noted.")
            case 5...14: turn(number, long, "It is deep.")
            default: turn(number, "What of buoy \(number)?", "Buoy \(number) is red.")
            }
        }

        let history = RetrievedHistory(
            terms: [QuestionTerm(text: "dredged", weight: 2)], meaning: nil
        ).history(of: turns, in: HistoryRoom(900))

        #expect(history.words.first { $0.number == 2 }?.text == fact)
        #expect(history.words.contains { (5...14).contains($0.number) })
        #expect(history.plainTokens <= 900)
    }
}

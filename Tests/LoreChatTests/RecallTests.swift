import LoreChat
import Testing

@Suite struct RecallTests {
    private func terms(_ words: String...) -> [QuestionTerm] {
        words.map { QuestionTerm(text: $0, weight: 1) }
    }

    @Test(arguments: [
        ("My boat is called Skua. What does a mooring cost?", true),
        ("What does a mooring cost?\n\n- My boats are called Skua and Tern.", true),
        ("My boat leaks.", false), ("What is my boat called?", false), ("", false),
    ])
    func `what the user stated counts, and what they asked does not`(turn: String, answers: Bool) {
        #expect(Recall.answers(terms("boat", "called"), from: ["Hello.", turn]) == answers)
    }

    @Test func `one turn has to say it`() {
        #expect(
            !Recall.answers(terms("boat", "name"), from: ["My boat leaks.", "My name is Ada."]))
    }

    @Test func `how telling the words are counts`() {
        let question = [
            QuestionTerm(text: "skua", weight: 3), QuestionTerm(text: "boat", weight: 1),
        ]

        #expect(Recall.answers(question, from: ["Our Skua leaks."]))
        #expect(!Recall.answers(question, from: ["Our boat leaks."]))
    }

    @Test(arguments: [
        "boiler pressure limit", "my boiler pressure limit", "limit of boiler pressure",
    ])
    func `what was asked before without a question mark states nothing`(turn: String) {
        #expect(!Recall.answers(terms("boiler", "pressure", "limit"), from: [turn]))
    }

    @Test(arguments: [
        ("What is my boat called?", true), ("what is my boat called", true),
        ("I forgot. What is my boat called?", true),
        ("My boat is called Skua. I bought it in 2019.", false),
    ])
    func `who tells something in several sentences asks nothing`(message: String, asks: Bool) {
        #expect(Recall.isAsked(by: message) == asks)
    }

    @Test func `a question of stop words alone is answered by nothing`() {
        #expect(
            !Recall.answers(
                terms("what", "about", "it"), from: ["What about it is that I like it."]))
    }

    @Test func `a question without terms is answered by nothing`() {
        #expect(!Recall.answers([], from: ["My boat is called Skua."]))
    }
}

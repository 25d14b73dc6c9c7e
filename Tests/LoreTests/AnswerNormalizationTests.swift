import Lore
import Testing

@Suite struct AnswerNormalizationTests {
    @Test(
        arguments: [
            ("The Eiffel Tower!", "eiffel tower"), ("  an   apple,a pear ", "applea pear"),
            ("U.S. (1990)", "us 1990"), ("Ärger", "ärger"), ("the", ""),
        ])
    func `case, ASCII punctuation, articles and spaces do not count`(text: String, normal: String) {
        #expect(AnswerNormalization.normalized(text) == normal)
    }

    @Test func `a sentence holds an answer where one of the gold answers is in it`() {
        #expect(
            AnswerNormalization.contains(
                "It was the Singing Revolution.", anyOf: ["x", "Singing revolution"]))
        #expect(!AnswerNormalization.contains("It was so.", anyOf: ["was not"]))
        #expect(!AnswerNormalization.contains("It was so.", anyOf: ["the"]))
    }
}

/// What was asked before, and what was answered.
package struct EarlierTurn: Hashable, Sendable {
    /// The user's own words.
    package let question: String
    /// Empty where nothing was found.
    package let answer: String

    package init(question: String, answer: String) {
        self.question = question
        self.answer = answer
    }
}

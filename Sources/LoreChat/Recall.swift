/// Tells questions that the user's own earlier words answer, such as "what is my boat called?" after "my
/// boat is called Skua": no note says it, and the model has the words before it.
package enum Recall {
    /// The share of a question's terms, by weight, that one earlier turn has to hold.
    private static let leastCoverage = 0.6

    /// Whether an earlier turn answers a question.
    ///
    /// Questions state nothing: one that is asked again is no answer to itself.
    ///
    /// - Parameters:
    ///   - terms: Of the question.
    ///   - turns: The user's words in each earlier turn.
    /// - Returns: Whether what the user stated in one of them holds most of the question.
    package static func answers(_ terms: [QuestionTerm], from turns: [String]) -> Bool {
        let counter = TermCounter(terms)
        return turns.contains { turn in
            let stated = TellingSentences.sentences(of: turn).filter {
                TellingSentences.weight(of: $0) > 0
            }
            return counter.coverage(of: stated, doubt: 0) >= leastCoverage
        }
    }
}

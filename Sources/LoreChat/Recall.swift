import LoreCore

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
        let telling = terms.filter { !StopWords.english.contains($0.text.lowercased()) }
        let counter = TermCounter(telling)
        let asked = telling.reduce(into: Set<[UInt8]>()) {
            $0.formUnion(WordScanner.stems($1.text.utf8))
        }
        return turns.contains { turn in
            let stated = TellingSentences.sentences(of: turn).filter { states($0, beyond: asked) }
            return counter.coverage(of: stated, doubt: 0) >= leastCoverage
        }
    }

    /// Whether `message` may ask: several sentences of which none has a question mark only tell something.
    package static func isAsked(by message: String) -> Bool {
        let sentences = TellingSentences.sentences(of: message)
        return sentences.count < 2 || sentences.contains { TellingSentences.weight(of: $0) == 0 }
    }

    /// Whether a sentence tells of its writer, or has a number, a name or a decision, and says more than
    /// was `asked`: "boiler pressure limit" asks, though it has no question mark.
    private static func states(_ sentence: String, beyond asked: Set<[UInt8]>) -> Bool {
        TellingSentences.weight(of: sentence) > 1
            && !WordScanner.tellingStems(sentence).isSubset(of: asked)
    }
}

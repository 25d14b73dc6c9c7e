package import LoreCore

/// A sentence of an answer, taken from a note as it stands there.
package struct AnswerSentence: Hashable, Sendable {
    /// The `[n]` of the answer, from 1 in order of use; one for each quoted place.
    package let number: Int
    /// What is shown: the quote without the marks of lists, headings and tables.
    package let text: String
    /// Exactly the bytes of the note at `range`.
    package let quote: String
    package let range: SourceRange
    /// The passage it was found in.
    package let passage: Hit
    package let kind: Sentence.Kind
    /// Standard deviations above the mean of all sentences looked at, penalties included.
    package let score: Double

    package init(
        number: Int, text: String, quote: String, range: SourceRange, passage: Hit,
        kind: Sentence.Kind, score: Double
    ) {
        self.number = number
        self.text = text
        self.quote = quote
        self.range = range
        self.passage = passage
        self.kind = kind
        self.score = score
    }

    /// The answer that `sentences` make, each with its `[n]`.
    ///
    /// Prose runs on; where an item, a row or a line of code is among them, each has its own line.
    package static func answerText(_ sentences: [AnswerSentence]) -> String {
        let separator = sentences.allSatisfy { $0.kind == .prose } ? " " : "\n"
        return sentences.map { "\($0.text) [\($0.number)]" }.joined(separator: separator)
    }
}

/// Whether a text holds a gold answer, after the normalisation of SQuAD's own evaluation.
///
/// - SeeAlso: Rajpurkar et al. (2016), arXiv 1606.05250, `evaluate-v1.1.py`
package enum AnswerNormalization {
    private static let articles: Set<String> = ["a", "an", "the"]

    /// Lower-cased words without ASCII punctuation and articles, joined by single spaces.
    package static func normalized(_ text: String) -> String {
        let kept = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
        let words = String(String.UnicodeScalarView(kept)).split(whereSeparator: \.isWhitespace)
        return words.filter { !articles.contains(String($0)) }.joined(separator: " ")
    }

    /// Whether the normalised `text` contains one of the normalised `answers`; empty ones never do.
    package static func contains(_ text: String, anyOf answers: [String]) -> Bool {
        let text = normalized(text)
        return answers.map(normalized).contains { !$0.isEmpty && text.contains($0) }
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.isASCII else { return false }
        switch scalar.value {
        case 33...47, 58...64, 91...96, 123...126: return true
        default: return false
        }
    }
}

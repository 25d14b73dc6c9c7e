import Foundation
package import LoreCore

/// A question that can be searched for without the turns before it.
package struct StandaloneQuestion: Hashable, Sendable {
    /// The user's own words, or a model's.
    package let question: String
    /// What earlier turns said that is searched for beside it, the heaviest first; none where the
    /// question stands alone.
    package let carried: [CarriedText]

    package init(_ question: String, carrying carried: [CarriedText] = []) {
        self.question = question
        self.carried = carried
    }

    /// The question in one text, as it is shown and as a reranker reads it: the telling words of
    /// earlier turns stand behind it in parentheses.
    package var text: String {
        let words = topic(.standard)
        return words.isEmpty ? question : "\(question) (\(words.joined(separator: " ")))"
    }

    /// The words that the carried texts add to the question, each once, as they were written.
    private func topic(_ settings: RewriteSettings) -> [String] {
        var seen = Set(WordScanner.stems(question.utf8))
        let texts = carried.filter { $0.weight >= settings.shownWeight }
        let added = texts.flatMap { $0.text.split(whereSeparator: \.isWhitespace) }.compactMap {
            let word = $0.trimmingCharacters(in: Self.punctuation)
            let stems = WordScanner.tellingStems(word)
            return stems.filter { seen.insert($0).inserted }.isEmpty ? nil : word
        }
        return Array(added.prefix(settings.shownWords))
    }

    private static let punctuation = CharacterSet(charactersIn: ".,;:!?()[]{}\"'`*_“”‘’…")
}

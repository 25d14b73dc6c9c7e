package import LoreCore

/// The text of an answer that is made of statements, with what they cite.
package struct StatementText: Sendable {
    /// All that is shown so far: the statements, each with the `[n]` of its passages.
    package private(set) var text = ""
    /// In the order of the text, not verified.
    package private(set) var citations: [Citation] = []
    /// Whether there is a statement, and each has a source.
    package var isCitedThroughout: Bool { !said.isEmpty && uncited == 0 }
    package var isEmpty: Bool { said.isEmpty }

    private let sentences: QuotableSentences
    private let addresses: AddressGuard
    private var said: Set<String> = []
    private var uncited = 0
    private var endsInBlock = false

    /// - Parameters:
    ///   - sentences: What can be cited.
    ///   - texts: What the model was given: no address that stands in none of them is shown.
    package init(_ sentences: QuotableSentences, knowing texts: [String]) {
        self.sentences = sentences
        addresses = AddressGuard(knowing: texts)
    }

    /// Adds a statement; one without words, or that was made before, adds nothing.
    ///
    /// - Returns: What is to be shown now.
    package mutating func add(_ statement: Statement) -> String {
        let words = plain(statement.text)
        guard !words.isEmpty, said.insert(words).inserted else { return "" }
        // IDs of no sentence come from a provider that only asks its model for the form.
        let sources = statement.sources.compactMap(sentences.citation)
        if sources.isEmpty { uncited += 1 }
        for source in sources where !citations.contains(source) { citations.append(source) }
        let piece = separator(before: words) + words + marks(sources)
        text += piece
        return piece
    }

    /// The words without marks of the model's own: what it cites are its sources.
    private func plain(_ text: String) -> String {
        var stream = CitationStream(passages: 0)
        let words = stream.read(addresses.passing(text)) + stream.finish()
        let trimmed = words.drop(while: \.isWhitespace)
        guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(trimmed[...last])
    }

    private func marks(_ sources: [Citation]) -> String {
        var numbers: [Int] = []
        for source in sources where !numbers.contains(source.number) {
            numbers.append(source.number)
        }
        return numbers.isEmpty ? "" : " " + numbers.map { "[\($0)]" }.joined()
    }

    /// Prose runs on; an item of a list, or a text of several lines, has lines of its own.
    private mutating func separator(before words: String) -> String {
        let isBlock = words.contains("\n") || !isProse(words)
        defer { endsInBlock = isBlock }
        if text.isEmpty { return "" }
        return isBlock || endsInBlock ? "\n" : " "
    }

    private func isProse(_ line: String) -> Bool {
        let bytes = Array(line.utf8)
        return MarkdownLine(bytes, bytes.indices) == .text
    }
}

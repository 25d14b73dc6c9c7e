package import LoreCore

/// The text of an answer that is made of statements, with what they cite.
package struct StatementText: Sendable {
    /// All that is shown so far: the statements, each with the `[n]` of its passages.
    package private(set) var text = ""
    /// In the order of the text, not verified.
    package private(set) var citations: [Citation] = []
    /// Whether there is a statement, and each has a source; one that only leads in needs none.
    package var isCitedThroughout: Bool { !citations.isEmpty && uncited == 0 }
    package var isEmpty: Bool { said.isEmpty }
    /// Whether statements were left out that only repeat the question.
    package private(set) var hasEchoes = false

    private let sentences: QuotableSentences
    private let question: String
    private let addresses: AddressGuard
    private var said: Set<String> = []
    private var uncited = 0
    private var endsInBlock = false

    /// - Parameters:
    ///   - sentences: What can be cited.
    ///   - question: What the statements answer, in the user's own words.
    ///   - texts: What the model was given: no address that stands in none of them is shown.
    package init(
        _ sentences: QuotableSentences, answering question: String, knowing texts: [String]
    ) {
        self.sentences = sentences
        self.question = question
        addresses = AddressGuard(knowing: texts)
    }

    /// Adds a statement; one without words, that was made before, or that only repeats the question
    /// adds nothing.
    ///
    /// - Returns: What is to be shown now.
    package mutating func add(_ statement: Statement) -> String {
        let words = plain(statement.text)
        guard !words.isEmpty, !said.contains(words) else { return "" }
        // IDs of no sentence come from a provider that only asks its model for the form.
        let sources = sentences.citations(
            of: Statement(text: words, sources: statement.sources), answering: question)
        guard !isEcho(words, isSupported: !sources.isEmpty) else {
            hasEchoes = true
            return ""
        }
        said.insert(words)
        if sources.isEmpty, words.last != ":" { uncited += 1 }
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

    /// Whether it says nothing but the question, or a half or more of it that is no answer: "cranes need a
    /// permit" affirms "do cranes need a permit?" where a sentence says so.
    private func isEcho(_ statement: String, isSupported: Bool) -> Bool {
        let words = WordScanner.words(statement)
        let asked = WordScanner.words(question)
        guard !words.isEmpty else { return false }
        if words == asked { return true }
        let isAnswer = isSupported && statement.last != "?"
        return !isAnswer && words.count * 2 >= asked.count
            && asked.indices.contains { asked[$0...].starts(with: words) }
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

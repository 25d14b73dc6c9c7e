/// What a model wrote, with the places of its citations.
package struct CitedText: Hashable, Sendable {
    package let text: String
    package let marks: [CitationStream.Mark]

    private let bytes: [UInt8]
    private let sentences: [Sentence]

    package init(text: String, marks: [CitationStream.Mark]) {
        self.text = text
        self.marks = marks
        bytes = Array(text.utf8)
        sentences = SentenceSplitter.sentences(of: bytes)
    }

    /// The text that a finished stream has shown.
    package init(_ stream: CitationStream) { self.init(text: stream.text, marks: stream.marks) }

    /// The sentence that `mark` stands in or behind, without marks.
    package func claim(of mark: CitationStream.Mark) -> String {
        owner(of: mark).map { words(of: sentences[$0].bytes) } ?? ""
    }

    /// The sentence that `mark` belongs to.
    ///
    /// A mark behind a full stop begins the next sentence by its place, but belongs to the last.
    private func owner(of mark: CitationStream.Mark) -> Int? {
        guard let index = sentences.lastIndex(where: { $0.bytes.lowerBound <= mark.offset }),
            index > 0
        else { return sentences.isEmpty ? nil : 0 }
        let between = bytes[sentences[index - 1].bytes.upperBound..<mark.offset]
        let isBehind = between.allSatisfy { $0 != UInt8(ascii: "\n") } && leads(mark, in: index)
        return isBehind ? index - 1 : index
    }

    /// Whether nothing but marks stands before `mark` in its sentence.
    private func leads(_ mark: CitationStream.Mark, in index: Int) -> Bool {
        let before = sentences[index].bytes.lowerBound..<mark.offset
        return words(of: before).allSatisfy(\.isWhitespace)
    }

    /// Whether each paragraph and each item of a list ends with a sentence that cites.
    ///
    /// A line that only leads in, ending with a colon, needs none; headings, code and rows of tables
    /// make no statements of their own. A text of marks alone says nothing that could be cited.
    package var isCitedThroughout: Bool {
        !marks.isEmpty && !isMarksAlone && statements.allSatisfy { isCited($0) || leadsIn($0) }
    }

    /// Whether it names passages and says nothing.
    package var isMarksAlone: Bool {
        !marks.isEmpty && !words(of: bytes.indices).contains { $0.isLetter || $0.isNumber }
    }

    /// The last sentence of each paragraph and each item.
    private var statements: [Sentence] {
        var last: [Sentence] = []
        for sentence in sentences where sentence.kind == .prose || sentence.kind == .listItem {
            if let previous = last.last, continues(previous, sentence) { last.removeLast() }
            last.append(sentence)
        }
        return last
    }

    private func continues(_ previous: Sentence, _ sentence: Sentence) -> Bool {
        guard previous.kind == sentence.kind else { return false }
        let between = bytes[previous.bytes.upperBound..<sentence.bytes.lowerBound]
        let lines = between.count { $0 == UInt8(ascii: "\n") }
        return lines == 0
            || lines == 1 && sentence.kind == .prose && between.allSatisfy(isBlank)
    }

    private func isCited(_ sentence: Sentence) -> Bool {
        let inside = marks.filter { sentence.bytes.contains($0.offset) }
        let isMarks = !inside.isEmpty && words(of: sentence.bytes).allSatisfy { !$0.isLetter }
        return isMarks || inside.contains { owner(of: $0).map { sentences[$0] } == sentence }
    }

    private func leadsIn(_ sentence: Sentence) -> Bool {
        bytes[sentence.bytes].last == UInt8(ascii: ":")
    }

    /// The text at `range` without the marks in it.
    private func words(of range: Range<Int>) -> String {
        var kept: [UInt8] = []
        var start = range.lowerBound
        for mark in marks where range.contains(mark.offset) {
            kept += bytes[start..<max(start, mark.offset)]
            start = min(range.upperBound, mark.offset + "[\(mark.number)]".utf8.count)
        }
        return String(decoding: kept + bytes[start..<range.upperBound], as: UTF8.self)
    }
}

/// Cuts Markdown or plain text into sentences.
///
/// Every byte that is not white space lies in exactly one sentence, in order. Headings, table rows
/// and lines of code are each one; a sentence never runs from one paragraph or list item into the
/// next.
package struct SentenceSplitter {
    /// A sentence longer than this is cut at a blank: text without full stops is a list or a log.
    package static let maxBytes = 800

    private let bytes: [UInt8]
    private var sentences: [Sentence] = []
    /// The paragraph or list item being read.
    private var block: Block?

    private struct Block {
        var range: Range<Int>
        let textStart: Int
        let kind: Sentence.Kind
    }

    /// The sentences of `text`, in its order.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    package static func sentences(of text: [UInt8]) -> [Sentence] {
        var splitter = SentenceSplitter(bytes: text)
        splitter.readLines()
        return splitter.sentences
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func readLines() {
        var fence: (marker: UInt8, length: Int)?
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let line = trimmed(start..<end)
            let kind = MarkdownLine(bytes, withoutQuoteMarks(line))
            if case .fence(let marker, let length) = kind {
                if let open = fence {
                    let closes = marker == open.marker && length >= open.length
                    append(line, closes ? .rule : .code)
                    if closes { fence = nil }
                } else {
                    append(line, .rule)
                    fence = (marker, length)
                }
            } else if fence != nil {
                append(line, .code)
            } else {
                read(line, kind)
            }
            start = end + 1
        }
        closeBlock()
    }

    private mutating func read(_ line: Range<Int>, _ kind: MarkdownLine) {
        switch kind {
        case .blank, .fence: append(line, .rule)
        case .heading: append(line, .heading)
        case .rule: append(line, .rule)
        case .tableRow: append(line, .tableRow)
        case .listItem(let textStart):
            closeBlock()
            block = Block(range: line, textStart: textStart, kind: .listItem)
        case .text:
            if let open = block {
                block?.range = open.range.lowerBound..<line.upperBound
            } else {
                block = Block(range: line, textStart: line.lowerBound, kind: .prose)
            }
        }
    }

    /// Ends the open paragraph and adds a line that stands alone, if it holds anything.
    private mutating func append(_ line: Range<Int>, _ kind: Sentence.Kind) {
        closeBlock()
        emit(line, kind)
    }

    private mutating func closeBlock() {
        guard let open = block else { return }
        block = nil
        var start = open.range.lowerBound
        var index = open.textStart
        while let end = SentenceEnd.next(in: bytes, from: index, to: open.range.upperBound) {
            emit(trimmed(start..<end), open.kind)
            start = end
            index = end
        }
        emit(trimmed(start..<open.range.upperBound), open.kind)
    }

    private mutating func emit(_ range: Range<Int>, _ kind: Sentence.Kind) {
        var rest = range
        while rest.count > Self.maxBytes {
            let cut = cutPoint(rest)
            sentences.append(Sentence(bytes: trimmed(rest.lowerBound..<cut), kind: kind))
            rest = trimmed(cut..<rest.upperBound)
        }
        if !rest.isEmpty { sentences.append(Sentence(bytes: rest, kind: kind)) }
    }

    /// Where to cut an overlong range: at its last blank within the limit, else between characters.
    private func cutPoint(_ range: Range<Int>) -> Int {
        let limit = range.lowerBound + Self.maxBytes
        if let blank = bytes[range.lowerBound..<limit].lastIndex(where: isBlank) { return blank }
        return bytes[range.lowerBound...limit].lastIndex { $0 & 0xC0 != 0x80 } ?? limit
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end, isBlank(bytes[start]) { start += 1 }
        while start < end, isBlank(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    private func withoutQuoteMarks(_ line: Range<Int>) -> Range<Int> {
        let first = bytes[line].firstIndex { $0 != UInt8(ascii: ">") && !isBlank($0) }
        return (first ?? line.upperBound)..<line.upperBound
    }
}

import CCMark

/// Some whole lines of a note, copied in a form that is safe to parse.
///
/// The copy has the same lines, but a line is cut after `maxLineBytes`, and of the spaces and
/// markers that nest it `maxPrefixBytes` are kept: what follows cannot change which block a line
/// belongs to, and the parser's time grows with the depth of the nesting for every line.
struct MarkdownWindow {
    private static let maxBytes = 65_536
    private static let maxLineBytes = 2048
    private static let maxPrefixBytes = 64

    private let text: TextBytes
    /// The offsets in the file at which the lines start, and the end of the last.
    private let lineStarts: [Int]
    private let copy: [UInt8]

    let reachesEnd: Bool
    /// The offset in the file at which the window ends.
    let end: Int

    init(_ text: TextBytes, from start: Int) {
        var starts = [start]
        var copy: [UInt8] = []
        var line = start
        while line < text.count, copy.count < Self.maxBytes {
            let next = text.lineEnd(from: line, limit: text.count)
            Self.append(text, line..<next, to: &copy)
            starts.append(next)
            line = next
        }
        self.text = text
        lineStarts = starts
        self.copy = copy
        end = line
        reachesEnd = line == text.count
    }

    /// The blocks that the window holds; together they cover every line that is not blank.
    ///
    /// With `firstIsTable`, a paragraph that starts the window goes on with the rows of a table
    /// whose head lies before it.
    func blocks(firstIsTable: Bool) -> [UnplacedBlock] {
        var found = MarkdownParser.parse(copy, lineCount: lineStarts.count - 1)
        if firstIsTable, let first = found.first, first.kind == .paragraph,
            first.lines.lowerBound == 0
        {
            found[0].kind = .table
        }
        return covering(found).flatMap(splitAtTable).map { block in
            UnplacedBlock(
                kind: block.kind, bytes: bytes(of: block.lines),
                itemStarts: block.itemLines.map { lineStarts[$0] })
        }
    }

    /// How much of a block that fills the window to take before the next window goes on.
    ///
    /// Fenced code is taken up to its closing fence, a list up to its last item.
    func beginning(of block: UnplacedBlock) -> UnplacedBlock {
        var part = block
        let upper: Int
        if block.kind == .code, let fence = CodeFence(text, at: block.bytes.lowerBound) {
            upper = fence.end(text, from: block.bytes.lowerBound)
        } else if let last = block.itemStarts.last {
            part.itemStarts.removeLast()
            upper = last
        } else {
            upper = end
        }
        part.bytes = block.bytes.lowerBound..<upper
        return part
    }

    private func bytes(of lines: Range<Int>) -> Range<Int> {
        lineStarts[lines.lowerBound]..<lineStarts[lines.upperBound]
    }

    /// Appends a line as the parser may see it, ended by one line break.
    private static func append(_ text: TextBytes, _ line: Range<Int>, to copy: inout [UInt8]) {
        var end = line.upperBound
        if end > line.lowerBound, text[end - 1] == newline { end -= 1 }
        var content = line.lowerBound
        while content < end, isNesting(text[content]) { content += 1 }
        let prefixEnd = min(content, line.lowerBound + maxPrefixBytes)
        let contentEnd = endOfScalar(text, min(end, content + maxLineBytes), from: content)
        let first = copy.count
        copy.append(contentsOf: text[line.lowerBound..<prefixEnd])
        copy.append(contentsOf: text[content..<contentEnd])
        // The parser takes a lone carriage return for the end of a line.
        for index in first..<copy.count where copy[index] == 0x0D { copy[index] = 0x20 }
        copy.append(newline)
    }

    /// Whether the byte can be part of what nests a line: indentation, quote and list markers.
    private static func isNesting(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09, 0x0D, 0x2A, 0x2B, 0x2D, 0x2E, 0x29, 0x30...0x39, 0x3E: true
        default: false
        }
    }

    private static func endOfScalar(_ text: TextBytes, _ offset: Int, from start: Int) -> Int {
        var end = offset
        while end > start, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
        return end
    }

    private func isBlankLine(_ line: Int) -> Bool {
        text.firstNonBlank(in: bytes(of: line..<(line + 1))) == lineStarts[line + 1]
    }
}

extension MarkdownWindow {
    /// Extends blocks over lines that the parser leaves out, such as link definitions.
    ///
    /// Such lines join the block before them, or are a paragraph where a blank line parts them, and
    /// after a heading or rule.
    private func covering(_ found: [ParsedBlock]) -> [ParsedBlock] {
        var result: [ParsedBlock] = []
        let lineCount = lineStarts.count - 1
        let firstStart = found.first?.lines.lowerBound ?? lineCount
        result += gap(0..<firstStart)
        for (index, block) in found.enumerated() {
            let next = index + 1 < found.count ? found[index + 1].lines.lowerBound : lineCount
            let end = min(max(block.lines.upperBound, block.lines.lowerBound + 1), next)
            let isParted = end < next && (block.isOneLine || isBlankLine(end))
            var whole = block
            whole.lines = block.lines.lowerBound..<(isParted ? end : next)
            result.append(whole)
            if isParted { result += gap(end..<next) }
        }
        return result
    }

    private func gap(_ lines: Range<Int>) -> [ParsedBlock] {
        guard let first = lines.first(where: { !isBlankLine($0) }) else { return [] }
        return [ParsedBlock(kind: .paragraph, lines: first..<lines.upperBound)]
    }

    /// Splits a paragraph that holds the delimiter row of a table before the row above it.
    private func splitAtTable(_ block: ParsedBlock) -> [ParsedBlock] {
        guard block.kind == .paragraph, block.lines.count > 1 else { return [block] }
        let delimiter = block.lines.dropFirst().first { line in
            TableRow.isDelimiter(text, bytes(of: line..<(line + 1)))
                && text[bytes(of: (line - 1)..<line)].contains(UInt8(ascii: "|"))
        }
        guard let delimiter else { return [block] }
        let table = ParsedBlock(kind: .table, lines: (delimiter - 1)..<block.lines.upperBound)
        guard block.lines.lowerBound < delimiter - 1 else { return [table] }
        let before = block.lines.lowerBound..<(delimiter - 1)
        return [ParsedBlock(kind: .paragraph, lines: before), table]
    }
}

/// The row of dashes under a table's head.
enum TableRow {
    /// Whether the line holds nothing but dashes, colons and at least one bar.
    static func isDelimiter(_ text: TextBytes, _ line: Range<Int>) -> Bool {
        var hasBar = false
        var hasDash = false
        for byte in text[line] {
            switch byte {
            case UInt8(ascii: "|"): hasBar = true
            case UInt8(ascii: "-"): hasDash = true
            case UInt8(ascii: ":"): break
            default: guard byte.isBlank else { return false }
            }
        }
        return hasBar && hasDash
    }
}

/// The line that opens fenced code: how many of which byte close it.
private struct CodeFence {
    let byte: UInt8
    let count: Int

    init?(_ text: TextBytes, at start: Int) {
        let line = start..<text.lineEnd(from: start, limit: text.count)
        let first = text.firstNonBlank(in: line)
        guard first < line.upperBound, [0x60, 0x7E].contains(text[first]) else { return nil }
        byte = text[first]
        count = text[first..<line.upperBound].prefix { [byte] in $0 == byte }.count
        guard count >= 3 else { return nil }
    }

    /// The offset after the closing fence, or the end of the text where there is none.
    func end(_ text: TextBytes, from start: Int) -> Int {
        var line = text.lineEnd(from: start, limit: text.count)
        while line < text.count {
            let next = text.lineEnd(from: line, limit: text.count)
            let first = text.firstNonBlank(in: line..<next)
            let content = text[first..<text.endOfNonBlank(in: first..<next)]
            if content.count >= count, content.allSatisfy({ $0 == byte }) { return next }
            line = next
        }
        return text.count
    }
}

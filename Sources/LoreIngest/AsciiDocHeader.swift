/// What the lines under an AsciiDoc file's title say: author, revision, attributes.
struct AsciiDocHeader {
    private(set) var fields = DocumentFields()
    /// Whether lines still belong to the header; a blank line ends it.
    var isOpen = true
    var hasTitle = false

    /// Reads a line of the header; false where it is not part of one.
    mutating func add(_ text: TextBytes, _ line: TextLine) -> Bool {
        guard isOpen else { return false }
        if readAttribute(text, line) { return true }
        let isHeading = text[line.first] == UInt8(ascii: "=")
        guard hasTitle, !isHeading else {
            isOpen = isHeading || text.has("//", at: line.first, before: line.end)
            return false
        }
        readRevision(text, line)
        return true
    }

    /// Ends the header at a blank line, unless that stands above the title.
    mutating func end() {
        if hasTitle { isOpen = false }
    }

    /// `:name: value`.
    private mutating func readAttribute(_ text: TextBytes, _ line: TextLine) -> Bool {
        guard !line.isIndented, text[line.first] == UInt8(ascii: ":") else { return false }
        let start = line.first + 1
        let limit = min(line.end, start + DocumentFields.maxNameBytes)
        let end = text.endOfRun(from: start, before: limit) {
            $0.isNamePart || $0 == 0x2D || $0 == UInt8(ascii: "!")
        }
        guard end > start, end < line.end, text[end] == UInt8(ascii: ":") else { return false }
        fields.set(text, name: start..<end, value: (end + 1)..<line.end)
        return true
    }

    /// `v1.0, 2026-11-25: remark`, the line under the author's.
    private mutating func readRevision(_ text: TextBytes, _ line: TextLine) {
        guard line.content.count <= 200, fields.frontMatter.date == nil else { return }
        for part in text.string(in: line.content).split(separator: ",") {
            if let day = calendarDay(String(part)) { fields.set(date: day) }
        }
    }
}

/// A line of `=` or `#` and words.
struct AsciiDocHeading {
    let level: Int
    let words: String

    /// Reads `line`; nil where it is no heading.
    init?(_ text: TextBytes, _ line: TextLine) {
        guard !line.isBlank, !line.isIndented, [0x3D, 0x23].contains(text[line.first]) else {
            return nil
        }
        let byte = text[line.first]
        let end = text.endOfRun(from: line.first, before: line.end) { $0 == byte }
        level = end - line.first
        guard level <= 6, end < line.end, text[end] == 0x20 || text[end] == 0x09 else { return nil }
        var words = text.string(in: end..<min(line.end, end + 1024))
            .split(whereSeparator: \.isWhitespace)
        if let last = words.last, words.count > 1, last.utf8.count == level,
            last.utf8.allSatisfy({ $0 == byte })
        {
            words.removeLast()
        }
        self.words = truncatedLabel(words.joined(separator: " "))
    }
}

extension ListMarker {
    /// Whether an item of an AsciiDoc list starts on `line`: `*`, `-`, `.` (repeated for depth), a
    /// number, `<1>`, or `term::`.
    static func startsAsciiDocItem(_ text: TextBytes, _ line: TextLine) -> Bool {
        let first = text[line.first]
        if "*-.".utf8.contains(first) {
            let end = text.endOfRun(from: line.first, before: line.end) { $0 == first }
            if end < line.end, text[end].isBlank, end - line.first <= 6 { return true }
        }
        if first == UInt8(ascii: "<") {
            let end = text.endOfRun(from: line.first + 1, before: line.end) {
                $0.isDigit || $0 == 0x2E
            }
            return end > line.first + 1 && text.has("> ", at: end, before: line.end)
        }
        if first.isDigit || first == UInt8(ascii: "("), end(text, line, bullets: "") != nil {
            return true
        }
        return isTerm(text, line)
    }

    /// `term::`, alone or with its definition.
    private static func isTerm(_ text: TextBytes, _ line: TextLine) -> Bool {
        if text.has("::", at: line.end - 2, before: line.end), line.content.count > 2,
            text[line.first] != UInt8(ascii: ":")
        {
            return true
        }
        let limit = min(line.end, line.first + 100)
        var offset = line.first + 1
        while offset + 2 < limit {
            if text[offset] == 0x3A, text[offset + 1] == 0x3A, text[offset + 2] == 0x20 {
                return true
            }
            offset += 1
        }
        return false
    }
}

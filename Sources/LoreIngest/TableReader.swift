import LoreCore

/// Takes values separated by commas, semicolons or tabs apart: one table, cut between rows.
///
/// A quoted value may hold line breaks. Where a quotation mark is never closed, marks mean nothing
/// and each line is a row.
///
/// - SeeAlso: RFC 4180
enum TableReader {
    /// Reads a file whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var parsed = ParsedText()
        let first = text.firstNonBlank(in: start..<text.count)
        guard first < text.count else { return parsed }
        let lineStart = text[start..<first].lastIndex(of: newline).map { $0 + 1 } ?? start
        let (headStart, separator) = separator(text, from: lineStart)
        var rows = TableRows(text: text, from: lineStart, separator: separator)
        if rows.isUnclosed {
            parsed.notice = "a quotation mark is never closed, so each line was taken for a row"
            rows = TableRows(linesOf: text)
        }
        let lead = headStart < text.count ? rows.row(at: headStart) : nil
        var blocks = BlockCollector(text: text)
        blocks.add(.table, lineStart..<text.count, itemStarts: rows.starts, lead: lead)
        parsed.blocks = blocks.blocks
        return parsed
    }

    /// Where the head starts and what parts its values: what a line `sep=;` says, else the most
    /// frequent of the candidates in the first line.
    private static func separator(_ text: TextBytes, from start: Int) -> (Int, UInt8) {
        let line = TextLine(text, at: start)
        if text.hasAnyCase("sep=", at: line.first, before: line.next),
            line.first + 4 < line.next, line.content.count <= 5
        {
            return (text.firstNonBlank(in: line.next..<text.count), text[line.first + 4])
        }
        let sample = text[line.start..<min(line.next, line.start + sampleBytes)]
        let candidates = [UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";")]
        let counts = candidates.map { candidate in sample.count { $0 == candidate } }
        let best = counts.indices.max { counts[$0] < counts[$1] } ?? 0
        return (line.first, candidates[best])
    }

    private static let sampleBytes = 65_536
}

/// Where the rows of a table start.
private struct TableRows {
    private let text: TextBytes
    /// The offsets of rows after the first, where some row is not a line; else empty.
    private(set) var starts: [Int] = []
    private(set) var isUnclosed = false

    /// Rows that are lines.
    init(linesOf text: TextBytes) { self.text = text }

    init(text: TextBytes, from start: Int, separator: UInt8) {
        self.text = text
        let scan = Self.scan(text, from: start, separator) { _ in }
        isUnclosed = scan.isUnclosed
        guard scan.hasQuotedBreak, !isUnclosed else { return }
        var starts: [Int] = []
        _ = Self.scan(text, from: start, separator) { starts.append($0) }
        self.starts = starts
    }

    /// The row at `start`, without white space around it.
    func row(at start: Int) -> Range<Int> {
        guard !starts.isEmpty else { return text.line(at: start..<text.count) }
        let end = starts.first { $0 > start } ?? text.count
        return start..<text.endOfNonBlank(in: start..<end)
    }

    /// Says where each row after the first starts, whether a line break stands in a quoted value,
    /// and whether the last such value is never closed.
    private static func scan(
        _ text: TextBytes, from start: Int, _ separator: UInt8, rowStart: (Int) -> Void
    ) -> (hasQuotedBreak: Bool, isUnclosed: Bool) {
        var isQuoted = false
        var atValueStart = true
        var found = false
        var offset = start
        while offset < text.count {
            let byte = text[offset]
            offset += 1
            if isQuoted {
                if byte == newline { found = true }
                guard byte == UInt8(ascii: "\"") else { continue }
                if offset < text.count, text[offset] == byte {
                    offset += 1
                } else {
                    isQuoted = false
                }
            } else if byte == newline {
                if offset < text.count { rowStart(offset) }
                atValueStart = true
            } else if byte == UInt8(ascii: "\""), atValueStart {
                isQuoted = true
                atValueStart = false
            } else {
                atValueStart = byte == separator
            }
        }
        return (found, isQuoted)
    }
}

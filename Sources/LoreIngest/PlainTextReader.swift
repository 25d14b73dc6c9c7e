import LoreCore

/// Takes plain text apart: paragraphs between blank lines.
enum PlainTextReader {
    /// Reads a note whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var blocks: [Block] = []
        var cursor = LineCursor(text: text)
        var open: Range<Int>?
        var line = start
        while line < text.count {
            let next = text.lineEnd(from: line, limit: text.count)
            let end = text.endOfNonBlank(in: line..<next)
            if end > line {
                open = (open?.lowerBound ?? line)..<end
            } else if let range = open {
                blocks.append(Block(kind: .paragraph, range: cursor.sourceRange(range)))
                open = nil
            }
            line = next
        }
        if let range = open {
            blocks.append(Block(kind: .paragraph, range: cursor.sourceRange(range)))
        }
        return ParsedText(blocks: blocks)
    }
}

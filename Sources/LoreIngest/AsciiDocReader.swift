import LoreCore

/// Takes AsciiDoc apart.
///
/// Attributes of the header stay in the text. A block that is opened and never closed goes on to
/// the end, as the markup has it.
enum AsciiDocReader {
    /// Reads a note whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var scan = AsciiDocScan(text: text)
        for line in text.lines(from: start) { scan.add(line) }
        var parsed = ParsedText()
        parsed.blocks = scan.blocks.finish()
        parsed.frontMatter = scan.header.fields.frontMatter
        parsed.title = parsed.blocks.firstTopHeading ?? parsed.frontMatter.title
        return parsed
    }
}

/// Goes through the lines of an AsciiDoc file.
private struct AsciiDocScan {
    let text: TextBytes
    var blocks: BlockAssembler
    private(set) var header = AsciiDocHeader()
    /// The line that opened a block, whose like closes it.
    private var delimiter: Range<Int>?
    private var hasTableHead = false
    private var isInList = false
    private var isContinued = false
    private var isAfterBlank = true

    init(text: TextBytes) {
        self.text = text
        blocks = BlockAssembler(text: text)
    }

    mutating func add(_ line: TextLine) {
        defer { isAfterBlank = line.isBlank }
        if let delimiter { return addInside(line, delimiter) }
        if line.isBlank {
            header.end()
            if !isInList { blocks.endBlock() }
        } else if header.add(text, line) {
            blocks.extend(line, as: .paragraph)
        } else if let kind = AsciiDocDelimiter.kind(text, line) {
            open(kind, line)
        } else {
            addToBody(line)
        }
    }

    private mutating func addInside(_ line: TextLine, _ delimiter: Range<Int>) {
        blocks.extend(line)
        if line.content.count == delimiter.count, !line.isIndented,
            text[line.content].elementsEqual(text[delimiter])
        {
            self.delimiter = nil
            if !isInList { blocks.close() }
        } else if blocks.openKind == .table, !line.isBlank {
            if !hasTableHead {
                hasTableHead = true
                blocks.setLead(line.content)
            } else if isAfterBlank {
                blocks.markItem(at: line.start)
            }
        }
    }

    private mutating func open(_ kind: Block.Kind, _ line: TextLine) {
        let ticks = text.endOfRun(from: line.first, before: line.end) { $0 == UInt8(ascii: "`") }
        delimiter = ticks > line.first ? line.first..<ticks : line.content
        hasTableHead = false
        if isInList, isContinued { return blocks.extend(line) }
        isInList = false
        blocks.start(kind, line)
    }

    private mutating func addToBody(_ line: TextLine) {
        defer { isContinued = text[line.content].elementsEqual("+".utf8) }
        if let heading = AsciiDocHeading(text, line) {
            isInList = false
            header.isOpen = heading.level == 1 && !header.hasTitle
            header.hasTitle = true
            blocks.add(.heading(level: heading.level, text: heading.words), line)
        } else if ListMarker.startsAsciiDocItem(text, line) {
            if isInList { blocks.markItem(at: line.start) }
            if isInList { blocks.extend(line) } else { blocks.start(.list, line) }
            isInList = true
        } else if isInList, !isAfterBlank || line.isIndented || isContinued {
            blocks.extend(line)
        } else {
            isInList = false
            addOutsideOfList(line)
        }
    }

    private mutating func addOutsideOfList(_ line: TextLine) {
        if AsciiDocDelimiter.isBreak(text, line) {
            blocks.add(.rule, line)
        } else if blocks.openKind == nil || isAfterBlank, AsciiDocDelimiter.isPrefix(text, line) {
            blocks.keep(line)
        } else if blocks.openKind != nil, !isAfterBlank {
            blocks.extend(line)
        } else {
            blocks.start(line.isIndented ? .code : .paragraph, line)
        }
    }
}

/// The lines that open blocks, break text, or say something of the block after them.
private enum AsciiDocDelimiter {
    /// The kind of the block that `line` opens; nil where it opens none.
    static func kind(_ text: TextBytes, _ line: TextLine) -> Block.Kind? {
        guard !line.isIndented, line.content.count >= 2 else { return nil }
        if let byte = text.repeatedByte(in: line.content, count: 4) { return kinds[byte] }
        if text.has("```", at: line.first, before: line.end) { return .code }
        if text[line.content].elementsEqual("--".utf8) { return .quote }
        let first = text[line.first]
        let isTable =
            "|,:!".utf8.contains(first)
            && text.repeatedByte(in: (line.first + 1)..<line.end, count: 3) == UInt8(ascii: "=")
        return isTable ? .table : nil
    }

    private static let kinds: [UInt8: Block.Kind] = [
        UInt8(ascii: "-"): .code, UInt8(ascii: "."): .code, UInt8(ascii: "+"): .code,
        UInt8(ascii: "/"): .code, UInt8(ascii: "="): .quote, UInt8(ascii: "*"): .quote,
        UInt8(ascii: "_"): .quote, UInt8(ascii: "`"): .code,
    ]

    /// A rule or a page break.
    static func isBreak(_ text: TextBytes, _ line: TextLine) -> Bool {
        ["'''", "<<<", "---", "- - -", "***", "* * *"].contains {
            text[line.content].elementsEqual($0.utf8)
        }
    }

    /// `[attributes]`, `[[anchor]]` or `.Title` of the block after it.
    static func isPrefix(_ text: TextBytes, _ line: TextLine) -> Bool {
        guard !line.isIndented, line.content.count > 1 else { return false }
        switch text[line.first] {
        case UInt8(ascii: "["): return text[line.end - 1] == UInt8(ascii: "]")
        case UInt8(ascii: "."):
            return !text[line.first + 1].isBlank && text[line.first + 1] != UInt8(ascii: ".")
        default: return false
        }
    }
}

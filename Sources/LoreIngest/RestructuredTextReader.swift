import LoreCore

/// Takes reStructuredText apart.
///
/// The styles of section titles get their levels in the order in which they appear, as the markup
/// has it. Fields at the top stay in the text.
enum RestructuredTextReader {
    /// Reads a note whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var scan = RestructuredTextScan(text: text)
        var offset = start
        while offset < text.count {
            offset = scan.add(TextLine(text, at: offset))
        }
        var parsed = ParsedText()
        parsed.blocks = scan.blocks.finish()
        parsed.frontMatter = scan.fields.frontMatter
        parsed.title = parsed.frontMatter.title ?? parsed.blocks.firstTopHeading
        return parsed
    }
}

/// Goes through the lines of a reStructuredText file.
private struct RestructuredTextScan {
    let text: TextBytes
    var blocks: BlockAssembler
    private(set) var fields = DocumentFields()
    private var titles = RestructuredTextTitles()
    /// A block goes on while lines are indented more than this.
    private var indented: Int?
    private var table: RestructuredTextTable?
    private var listIndent = 0
    private var awaitsLiteral = false
    /// Whether fields still speak of the document.
    private var isAtTop = true
    private var isAfterBlank = true

    init(text: TextBytes) {
        self.text = text
        blocks = BlockAssembler(text: text)
    }

    /// Adds the block's part at `line`; returns where the next line starts.
    mutating func add(_ line: TextLine) -> Int {
        defer { isAfterBlank = line.isBlank }
        if table != nil { return addToTable(line) }
        if line.isBlank {
            if indented == nil, blocks.openKind != .list { blocks.close() }
            return line.next
        }
        if let indent = indented {
            guard line.indent <= indent else { return extend(line) }
            indented = nil
            blocks.close()
        }
        if awaitsLiteral {
            awaitsLiteral = false
            if line.isIndented, isAfterBlank {
                blocks.start(.code, line)
                indented = line.indent - 1
                return line.next
            }
        }
        if isAfterBlank || blocks.openKind == nil, let title = titles.title(text, line) {
            blocks.add(.heading(level: title.level, text: title.words), title.bytes)
            return title.bytes.upperBound
        }
        return addToBody(line)
    }

    private mutating func extend(_ line: TextLine) -> Int {
        blocks.extend(line)
        return line.next
    }

    private mutating func addToBody(_ line: TextLine) -> Int {
        if blocks.openKind == .list, line.indent > listIndent {
            blocks.extend(line)
        } else if startsItem(line) {
            addItem(line)
        } else if blocks.openKind != nil, !isAfterBlank {
            blocks.extend(line)
        } else if !openConstruct(line) {
            blocks.start(line.isIndented ? .quote : .paragraph, line)
        }
        isAtTop = isAtTop && (blocks.openKind == .list || blocks.openKind == nil)
        awaitsLiteral =
            table == nil && indented == nil && text.has("::", at: line.end - 2, before: line.end)
        return line.next
    }

    /// Whether an item of a list or a field starts here.
    private func startsItem(_ line: TextLine) -> Bool {
        guard isAfterBlank || blocks.openKind == .list || blocks.openKind == nil else {
            return false
        }
        return fieldName(line) != nil || ListMarker.end(text, line, bullets: "-*+") != nil
    }

    private mutating func addItem(_ line: TextLine) {
        readField(line)
        if blocks.openKind == .list, line.indent == listIndent {
            blocks.markItem(at: line.start)
            blocks.extend(line)
        } else {
            listIndent = line.indent
            blocks.start(.list, line)
        }
    }

    /// Opens what a special first line announces; false where it announces nothing.
    private mutating func openConstruct(_ line: TextLine) -> Bool {
        if text.has("..", at: line.first, before: line.end),
            line.content.count == 2 || text[line.first + 2].isBlank
        {
            blocks.start(DirectiveName.kind(text, line), line)
            indented = line.indent
        } else if let opened = RestructuredTextTable(text, line) {
            blocks.start(.table, line)
            table = opened
        } else if text.has(">>> ", at: line.first, before: line.end) {
            blocks.start(.code, line)
        } else if text.repeatedByte(in: line.content, count: 4)?.isASCIIPunctuation == true {
            blocks.add(.rule, line)
        } else {
            return false
        }
        return true
    }

    private mutating func addToTable(_ line: TextLine) -> Int {
        guard var open = table else { return line.next }
        let goesOn = open.add(text, line)
        if open.includesLine { blocks.extend(line) }
        if let item = open.itemStart { blocks.markItem(at: item) }
        table = goesOn ? open : nil
        if goesOn { return line.next }
        if let lead = open.lead { blocks.setLead(lead) }
        blocks.close()
        return open.includesLine ? line.next : line.start
    }

    /// The name in `:name: value`, which starts a field.
    private func fieldName(_ line: TextLine) -> Range<Int>? {
        guard text[line.first] == UInt8(ascii: ":"), line.content.count > 2 else { return nil }
        let start = line.first + 1
        let limit = min(line.end, start + DocumentFields.maxNameBytes)
        let end = text.endOfRun(from: start, before: limit) { $0 != UInt8(ascii: ":") }
        guard end < limit, end > start, !text[start].isBlank,
            end + 1 == line.end || text[end + 1].isBlank
        else { return nil }
        return start..<end
    }

    private mutating func readField(_ line: TextLine) {
        guard isAtTop, let name = fieldName(line) else { return }
        fields.set(text, name: name, value: (name.upperBound + 1)..<line.end)
    }
}

/// The name of a directive, which says what its body is.
private enum DirectiveName {
    /// The kind of the block that `.. name::` on `line` opens; of a comment, target or note, a
    /// paragraph.
    static func kind(_ text: TextBytes, _ line: TextLine) -> Block.Kind {
        let start = text.firstNonBlank(in: (line.first + 2)..<line.end)
        let end = text.endOfRun(from: start, before: line.end) { $0.isNamePart || $0 == 0x2D }
        guard text.has("::", at: end, before: line.end) else { return .paragraph }
        switch text.string(in: start..<end) {
        case "code", "code-block", "sourcecode", "literalinclude", "parsed-literal", "math",
            "highlight", "raw", "doctest", "testcode", "testoutput":
            return .code
        case "table", "csv-table", "list-table": return .table
        default: return .quote
        }
    }
}

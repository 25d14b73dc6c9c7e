import LoreCore

/// Takes Org text apart.
///
/// Property drawer, comments and keywords before the first other line are front matter.
/// A block that is opened and never closed ends at the next headline.
enum OrgReader {
    /// Reads a note whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        let head = OrgHead(text, from: start)
        var scan = OrgScan(text: text, keywords: head.todoKeywords)
        for line in text.lines(from: head.end) { scan.add(line) }
        var parsed = ParsedText()
        parsed.frontMatter = head.frontMatter
        parsed.bodyStart = head.end
        parsed.title = head.frontMatter.title
        parsed.blocks = scan.blocks.finish()
        return parsed
    }
}

/// Goes through the lines of an Org file's body.
private struct OrgScan {
    let text: TextBytes
    let keywords: Set<String>
    var blocks: BlockAssembler
    /// What closes the block or drawer that is open, in small letters.
    private var closing: String?
    private var listIndent = 0
    private var previousWasBlank = false

    init(text: TextBytes, keywords: Set<String>) {
        self.text = text
        self.keywords = keywords
        blocks = BlockAssembler(text: text)
    }

    mutating func add(_ line: TextLine) {
        if let headline = OrgHeadline(text, line, keywords: keywords) {
            closing = nil
            blocks.add(.heading(level: min(headline.level, 6), text: headline.words), line)
        } else if let closing {
            blocks.extend(line)
            if isClosing(line, closing) { close() }
        } else if line.isBlank {
            if blocks.openKind != .list || previousWasBlank { blocks.close() }
        } else {
            addToBody(line)
        }
        previousWasBlank = line.isBlank
    }

    private mutating func addToBody(_ line: TextLine) {
        if let name = beginName(line) {
            open(kind(ofBlock: name), line, closing: "#+end_" + name)
        } else if isDrawer(line) {
            open(.code, line, closing: ":end:")
        } else if text[line.first] == UInt8(ascii: "|") {
            if blocks.openKind == .table { return blocks.extend(line) }
            blocks.start(.table, line, lead: line.content)
        } else if text.has(": ", at: line.first, before: line.next) {
            blocks.extend(line, as: .code)
        } else if text.has("-----", at: line.first, before: line.end),
            text.repeatedByte(in: line.content, count: 5) != nil
        {
            blocks.add(.rule, line)
        } else if isAffiliated(line) {
            blocks.keep(line)
        } else {
            addToListOrParagraph(line)
        }
    }

    private mutating func addToListOrParagraph(_ line: TextLine) {
        let isStar = text[line.first] == UInt8(ascii: "*") && !line.isIndented
        let isItem = !isStar && ListMarker.end(text, line, bullets: "-+*") != nil
        if isItem, blocks.openKind == .list {
            if line.indent <= listIndent { blocks.markItem(at: line.start) }
            blocks.extend(line)
        } else if isItem {
            listIndent = line.indent
            blocks.start(.list, line)
        } else if blocks.openKind == .list, line.indent > listIndent {
            blocks.extend(line)
        } else {
            blocks.extend(line, as: .paragraph)
        }
    }

    private mutating func open(_ kind: Block.Kind, _ line: TextLine, closing: String) {
        if blocks.openKind == .list, line.indent > listIndent {
            blocks.extend(line)
        } else {
            blocks.start(kind, line)
        }
        self.closing = closing
    }

    private mutating func close() {
        closing = nil
        if blocks.openKind != .list { blocks.close() }
    }

    private func isClosing(_ line: TextLine, _ closing: String) -> Bool {
        line.content.count == closing.utf8.count
            && text.hasAnyCase(closing, at: line.first, before: line.end)
    }

    /// The name in `#+begin_NAME`, in small letters.
    private func beginName(_ line: TextLine) -> String? {
        let prefix = "#+begin_"
        guard text.hasAnyCase(prefix, at: line.first, before: line.end) else { return nil }
        let start = line.first + prefix.utf8.count
        let end = text.endOfRun(from: start, before: line.end) { !$0.isBlank }
        return start < end ? text.string(in: start..<end).lowercased() : nil
    }

    private func kind(ofBlock name: String) -> Block.Kind {
        switch name {
        case "src", "example", "export", "comment": .code
        case "quote", "verse", "center": .quote
        default: .paragraph
        }
    }

    /// `:NAME:` alone on its line.
    private func isDrawer(_ line: TextLine) -> Bool {
        guard line.content.count > 2, text[line.first] == 0x3A, text[line.end - 1] == 0x3A else {
            return false
        }
        return text[(line.first + 1)..<(line.end - 1)].allSatisfy { $0.isNamePart || $0 == 0x2D }
    }

    /// A keyword that speaks of the block after it.
    private func isAffiliated(_ line: TextLine) -> Bool {
        ["#+caption", "#+name", "#+attr_", "#+header", "#+results"].contains {
            text.hasAnyCase($0, at: line.first, before: line.end)
        }
    }
}

import LoreCore

/// Takes source code apart at its definitions.
///
/// One scanner serves all languages: a table says which words start a definition, and indentation
/// says where it ends, since code that people keep is indented. A definition's first line, with the
/// comment and the attributes right above it, is a heading; so its parts carry the names of the
/// type and the function that they lie in. Where nothing is recognised, all is one block of code,
/// which is cut at blank lines.
enum SourceCodeReader {
    /// Reads a file whose text starts at `start`, after a byte-order mark; the end of its `name`
    /// says the language.
    static func read(_ text: TextBytes, from start: Int, name: String) -> ParsedText {
        var scan = SourceScan(text: text, language: SourceLanguage(fileName: name))
        for line in text.lines(from: start) { scan.add(line) }
        return ParsedText(blocks: scan.finish(), title: truncatedLabel(name))
    }
}

/// Goes through the lines of a program.
private struct SourceScan {
    let text: TextBytes
    let language: SourceLanguage
    private var blocks: BlockCollector
    /// The definitions that the present line lies in, outermost first.
    private var open: [(indent: Int, isContainer: Bool)] = []
    /// Where the code starts that lies in no block yet.
    private var run: Int?
    /// Where the comment or the attributes right above the present line start.
    private var aboveStart: Int?
    /// What ends the comment or string of several lines that the present one lies in.
    private var closing: String?
    /// Whether code comes that lies in no definition, after one that ended.
    private var hasLeft = false
    private var lastByte = newline

    init(text: TextBytes, language: SourceLanguage) {
        self.text = text
        self.language = language
        blocks = BlockCollector(text: text)
    }

    mutating func add(_ line: TextLine) {
        if line.isBlank {
            if closing == nil { aboveStart = nil }
        } else if let end = closing {
            if contains(end, line) { closing = nil }
            startRun(line)
        } else {
            addCode(line)
            lastByte = text[line.end - 1]
        }
    }

    mutating func finish() -> [Block] {
        flush(upTo: text.count)
        return blocks.blocks
    }

    private mutating func addCode(_ line: TextLine) {
        // An attribute may stand on the line of its definition, a comment does not.
        let isAttribute = text[line.first] == UInt8(ascii: "@")
        if isAbove(line), !isAttribute { return addAbove(line) }
        leaveDefinitions(before: line)
        if let definition = definition(line) {
            addHeading(definition, line)
        } else if isAbove(line) {
            return addAbove(line)
        } else {
            if hasLeft, !isNeutral(line) { addNamelessHeading(line) } else { startRun(line) }
        }
        openComment(line)
        aboveStart = nil
    }

    private mutating func addAbove(_ line: TextLine) {
        aboveStart = aboveStart ?? line.start
        openComment(line)
        startRun(line)
    }

    private mutating func startRun(_ line: TextLine) {
        if run == nil { run = line.start }
    }

    private func definition(_ line: TextLine) -> SourceDefinition? {
        guard open.last?.isContainer ?? !line.isIndented else { return nil }
        return SourceDefinition(text, line, language, isMember: !open.isEmpty)
    }

    private mutating func addHeading(_ definition: SourceDefinition, _ line: TextLine) {
        let start = aboveStart ?? line.start
        flush(upTo: start)
        let level = definition.level ?? min(open.count + 1, 6)
        blocks.add(.heading(level: level, text: definition.name), start..<line.next)
        run = nil
        hasLeft = false
        guard definition.level == nil else { return }
        open.append((width(of: line), definition.isContainer))
    }

    /// Starts a section of its own for code after the end of a definition.
    private mutating func addNamelessHeading(_ line: TextLine) {
        let start = aboveStart ?? line.start
        flush(upTo: start)
        blocks.add(.heading(level: min(open.count + 1, 6), text: ""), start..<line.next)
        run = nil
        hasLeft = false
    }

    private mutating func flush(upTo end: Int) {
        let kind: Block.Kind = language.family == .markup ? .paragraph : .code
        if let run, run < end { blocks.add(kind, run..<end) }
        run = nil
    }

    /// Closes the definitions that are over, as `line` is indented no more than they.
    private mutating func leaveDefinitions(before line: TextLine) {
        guard !isNeutral(line) else { return }
        let width = width(of: line)
        while let last = open.last, width <= last.indent {
            if language.endsWithSemicolon, lastByte != UInt8(ascii: ";") { return }
            open.removeLast()
            hasLeft = true
        }
    }

    /// Columns before the first byte that is not blank; a tab counts as four.
    private func width(of line: TextLine) -> Int {
        text[line.start..<line.first].reduce(0) { $0 + ($1 == 0x09 ? 4 : 1) }
    }

    /// Whether the line may stand at the margin inside a definition: a closing bracket, a label,
    /// an order to the preprocessor, or the second half of a signature.
    private func isNeutral(_ line: TextLine) -> Bool {
        let first = text[line.first]
        if language.family == .sections { return first != UInt8(ascii: "[") }
        if "{})]#".utf8.contains(first), language.family == .words { return true }
        if text[line.end - 1] == UInt8(ascii: ":"), language.hasBareFunctions { return true }
        return [
            "end", "else", "elif", "catch", "rescue", "ensure", "finally", "where", "done", "fi",
        ]
        .contains { isWord($0, at: line) }
    }

    private func isWord(_ word: String, at line: TextLine) -> Bool {
        guard text.has(word, at: line.first, before: line.end) else { return false }
        let end = line.first + word.utf8.count
        return end == line.end || !text[end].isNamePart
    }

    private func isAbove(_ line: TextLine) -> Bool {
        language.above.contains { text.has($0, at: line.first, before: line.end) }
    }

    /// Notes a comment or string that `line` opens and does not close.
    private mutating func openComment(_ line: TextLine) {
        if text.has("/*", at: line.first, before: line.end) {
            if !contains("*/", line) { closing = "*/" }
        } else if let quote = ["\"\"\"", "'''"].first(where: { contains($0, line) }),
            count(quote, line) % 2 == 1
        {
            closing = quote
        }
    }

    private func contains(_ word: String, _ line: TextLine) -> Bool { count(word, line) > 0 }

    private func count(_ word: String, _ line: TextLine) -> Int {
        let first = word.utf8.first
        let length = word.utf8.count
        var count = 0
        var offset = line.first
        while offset + length <= line.end {
            if text[offset] == first, text.has(word, at: offset, before: line.end) {
                count += 1
                offset += length
            } else {
                offset += 1
            }
        }
        return count
    }
}

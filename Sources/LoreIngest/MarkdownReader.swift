import LoreCore

/// Takes Markdown apart into blocks with their exact places in the file.
///
/// cmark-gfm finds the blocks; lore keeps what it says of lines and takes the bytes from the file.
/// So whatever a note holds that CommonMark does not know (wikilinks, callouts, embeds, comments)
/// passes through as it is.
///
/// 1. A note is parsed in windows of whole lines, so that memory is bounded and the parser's
///    worst cases, which are quadratic, stay small. A window ends before its last block, which the
///    next one starts with.
/// 2. Tables are found here and not by the parser's extension, which in the versions that
///    distributions carry takes time and memory that grow with rows times columns.
enum MarkdownReader {
    /// Reads a note whose text starts at `start`, after a byte-order mark.
    static func read(_ text: TextBytes, from start: Int) -> ParsedText {
        var parsed = ParsedText()
        var blocks = BlockCollector(text: text)
        var bodyStart = start
        switch FrontMatter.read(text, from: start) {
        case .none: break
        case .read(let frontMatter, let end):
            parsed.frontMatter = frontMatter
            parsed.bodyStart = end
            bodyStart = end
        case .malformed(let end, let language):
            // What it meant to say of the note is not known.
            parsed.frontMatter.isLocalOnly = true
            parsed.notice = "its front matter is not valid \(language) and was indexed as text"
            blocks.add(.paragraph, start..<end)
            bodyStart = end
        }
        collect(text, from: bodyStart, into: &blocks)
        parsed.blocks = blocks.blocks
        parsed.title = parsed.frontMatter.title ?? parsed.blocks.firstTopHeading
        return parsed
    }

    private static func collect(
        _ text: TextBytes, from start: Int, into blocks: inout BlockCollector
    ) {
        var position = start
        // Of a table that goes on in the next window.
        var head: Range<Int>?
        while position < text.count {
            let window = MarkdownWindow(text, from: position)
            var found = window.blocks(firstIsTable: head != nil)
            if let head, found.first?.kind == .table { found[0].lead = head }
            head = nil
            if !window.reachesEnd, found.count > 1 {
                let last = found.removeLast()
                position = last.bytes.lowerBound
            } else if !window.reachesEnd, let only = found.popLast() {
                let part = window.beginning(of: only)
                found.append(part)
                if part.kind == .table { head = part.lead ?? text.line(at: part.bytes) }
                position = part.bytes.upperBound
            } else {
                position = window.end
            }
            for block in found {
                let isTable = block.kind == .table
                blocks.add(
                    block.kind, block.bytes, itemStarts: block.itemStarts,
                    lead: block.lead ?? (isTable ? text.line(at: block.bytes) : nil))
            }
        }
    }
}

/// A block before its lines are counted.
struct UnplacedBlock {
    var kind: Block.Kind
    var bytes: Range<Int>
    var itemStarts: [Int] = []
    var lead: Range<Int>?
}

/// Gathers blocks in the order of the file, without blank lines around them.
struct BlockCollector {
    private let text: TextBytes
    private var cursor: LineCursor
    private(set) var blocks: [Block] = []

    init(text: TextBytes) {
        self.text = text
        cursor = LineCursor(text: text)
    }

    /// Adds the whole lines at `bytes`; nothing where all are blank.
    mutating func add(
        _ kind: Block.Kind, _ bytes: Range<Int>, itemStarts: [Int] = [], lead: Range<Int>? = nil
    ) {
        let first = text.firstNonBlank(in: bytes)
        guard first < bytes.upperBound else { return }
        let start = text[bytes.lowerBound..<first].lastIndex(of: newline).map { $0 + 1 }
        let trimmed = (start ?? bytes.lowerBound)..<text.endOfNonBlank(in: bytes)
        blocks.append(
            Block(
                kind: kind, range: cursor.sourceRange(trimmed),
                itemStarts: itemStarts.filter { trimmed.contains($0) }, lead: lead))
    }
}

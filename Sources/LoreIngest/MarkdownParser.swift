import CCMark

/// A block as the parser places it: lines of the text it was given, from 0.
struct ParsedBlock {
    var kind: Block.Kind
    var lines: Range<Int>
    /// Of a list: the lines at which its items start, without the first.
    var itemLines: [Int] = []

    /// Whether no line after it can belong to the block.
    var isOneLine: Bool {
        switch kind {
        case .heading, .rule: true
        default: false
        }
    }
}

/// The door to cmark-gfm.
///
/// Only the top level is read, so deeply nested text costs no stack.
enum MarkdownParser {
    /// The top-level blocks of `text`, in ascending order of distinct first lines.
    static func parse(_ text: [UInt8], lineCount: Int) -> [ParsedBlock] {
        guard let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else { return [] }
        defer { cmark_parser_free(parser) }
        if let strikethrough { cmark_parser_attach_syntax_extension(parser, strikethrough) }
        text.withUnsafeBytes { buffer in
            let bytes = buffer.assumingMemoryBound(to: CChar.self)
            cmark_parser_feed(parser, bytes.baseAddress, buffer.count)
        }
        guard let root = cmark_parser_finish(parser) else { return [] }
        defer { cmark_node_free(root) }
        return blocks(of: root, lineCount: lineCount)
    }

    /// Registered with the library once; never changed afterwards, so that threads may share it.
    nonisolated(unsafe) private static let strikethrough = {
        cmark_gfm_core_extensions_ensure_registered()
        return cmark_find_syntax_extension("strikethrough")
    }()

    private static func blocks(
        of root: OpaquePointer, lineCount: Int
    ) -> [ParsedBlock] {
        var blocks: [ParsedBlock] = []
        var child = cmark_node_first_child(root)
        while let node = child {
            let first = Int(cmark_node_get_start_line(node)) - 1
            let last = Int(cmark_node_get_end_line(node))
            let previous = blocks.last?.lines.lowerBound ?? -1
            if first > previous, first < lineCount {
                let lines = first..<min(max(last, first + 1), lineCount)
                blocks.append(
                    ParsedBlock(kind: kind(of: node), lines: lines, itemLines: itemLines(of: node)))
            }
            child = cmark_node_next(node)
        }
        return blocks
    }

    private static func kind(of node: OpaquePointer) -> Block.Kind {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HEADING:
            .heading(level: Int(cmark_node_get_heading_level(node)), text: plainText(of: node))
        case CMARK_NODE_CODE_BLOCK: .code
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_BLOCK_QUOTE: .quote
        case CMARK_NODE_HTML_BLOCK: .html
        case CMARK_NODE_THEMATIC_BREAK: .rule
        default: .paragraph
        }
    }

    private static func itemLines(of node: OpaquePointer) -> [Int] {
        guard cmark_node_get_type(node) == CMARK_NODE_LIST else { return [] }
        var lines: [Int] = []
        var item = cmark_node_first_child(node).flatMap(cmark_node_next)
        while let node = item {
            lines.append(Int(cmark_node_get_start_line(node)) - 1)
            item = cmark_node_next(node)
        }
        return lines
    }

    /// The words of a heading without its markup.
    private static func plainText(of heading: OpaquePointer) -> String {
        guard let walk = cmark_iter_new(heading) else { return "" }
        defer { cmark_iter_free(walk) }
        var text = ""
        while case let event = cmark_iter_next(walk), event != CMARK_EVENT_DONE {
            guard event == CMARK_EVENT_ENTER, let node = cmark_iter_get_node(walk) else { continue }
            switch cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE:
                if let literal = cmark_node_get_literal(node) { text += String(cString: literal) }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text += " "
            default: break
            }
        }
        return truncatedLabel(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}

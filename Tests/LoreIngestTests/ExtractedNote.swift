import LoreCore
import LoreIngest

/// Takes a text apart as a file of that format.
func note(_ text: String, as format: DocumentFormat, path: String = "n") throws -> ReadDocument {
    try note(Array(text.utf8), as: format, path: path)
}

/// Takes bytes apart as a file of that format.
func note(_ bytes: [UInt8], as format: DocumentFormat, path: String = "n") throws -> ReadDocument {
    try DocumentReader(maxFileBytes: bytes.count).document(
        path: path, format: format, bytes: bytes)
}

extension ReadDocument {
    /// Each block as its kind, a colon and its text.
    var outline: [String] {
        blocks.map { block in
            "\(block.kind.label): \(String(decoding: text[block.range.bytes], as: UTF8.self))"
        }
    }

    var string: String { String(decoding: text, as: UTF8.self) }
}

extension Block.Kind {
    fileprivate var label: String {
        switch self {
        case .heading(let level, let text): "h\(level) \(text)"
        case .paragraph: "paragraph"
        case .code: "code"
        case .table: "table"
        case .list: "list"
        case .quote: "quote"
        case .html: "html"
        case .rule: "rule"
        }
    }
}

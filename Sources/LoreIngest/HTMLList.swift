/// A list of a page while it is read, with the lists in it, as Markdown writes them.
struct HTMLList {
    private var text: [UInt8] = []
    private var itemStarts: [Int] = []
    /// The open lists, outermost first: the number of the next item, or nil where it has none.
    private var open: [Int?] = []
    private var marker: String?

    var isOpen: Bool { !open.isEmpty }

    mutating func start(isOrdered: Bool) { open.append(isOrdered ? 1 : nil) }

    mutating func end() {
        open.removeLast(min(1, open.count))
        marker = nil
    }

    mutating func startItem() {
        guard let last = open.popLast() else { return }
        marker = last.map { "\($0). " } ?? "- "
        open.append(last.map { $0 + 1 })
    }

    mutating func startTerm() { marker = "" }

    mutating func startDefinition() { marker = ": " }

    /// Adds a paragraph of the open item.
    mutating func add(_ paragraph: [UInt8]) {
        if marker != nil, marker != ": ", !text.isEmpty { itemStarts.append(text.count) }
        var prefix = marker ?? "  "
        for line in paragraph.split(separator: newline) {
            text.append(contentsOf: indentation)
            text.append(contentsOf: prefix.utf8)
            text.append(contentsOf: line)
            text.append(newline)
            prefix = "  "
        }
        marker = nil
    }

    /// Takes away what was gathered; nil where that is nothing.
    ///
    /// Open lists go on in a new block.
    mutating func take() -> HTMLPiece? {
        defer { (text, itemStarts) = ([], []) }
        return text.isEmpty ? nil : HTMLPiece(kind: .list, text: text, itemStarts: itemStarts)
    }

    /// Bounded, as deep nesting would make more indentation than text.
    private var indentation: [UInt8] {
        Array(repeating: UInt8(ascii: " "), count: 2 * min(max(open.count - 1, 0), 8))
    }
}

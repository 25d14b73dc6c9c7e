/// A table of a page while it is read, in lines of cells with `|` between them.
struct HTMLTable {
    private(set) var text: [UInt8] = []
    private var row: [[UInt8]] = []
    private var rowStarts: [Int] = []
    private var isHeadRow = true
    private var firstRowIsHead = false
    private var widest = 0
    private var cell = InlineText()
    private var isInCell = false

    mutating func append(_ piece: TextBytes) {
        // Between cells stands only what a careless page has there.
        isInCell = isInCell || piece.contains { !$0.isBlank }
        cell.append(piece)
    }

    mutating func addSpace() { cell.addSpace() }

    mutating func startCell(isHead: Bool) {
        endCell()
        isInCell = true
        isHeadRow = isHeadRow && isHead
    }

    mutating func endCell() {
        guard isInCell else { return }
        isInCell = false
        row.append(cell.take())
    }

    mutating func endRow() {
        endCell()
        defer {
            row = []
            isHeadRow = true
        }
        guard row.contains(where: { !$0.isEmpty }) else { return }
        if rowStarts.isEmpty { firstRowIsHead = isHeadRow }
        rowStarts.append(text.count)
        widest = max(widest, row.count)
        text.append(contentsOf: row.joined(separator: " | ".utf8))
        text.append(newline)
    }

    /// The table as a block; where no row has two cells, it only sets out paragraphs.
    mutating func finish() -> HTMLPiece {
        endRow()
        guard widest > 1 else { return HTMLPiece(kind: .paragraph, text: text) }
        let head = rowStarts.count > 1 && firstRowIsHead ? 0..<(rowStarts[1] - 1) : nil
        return HTMLPiece(
            kind: .table, text: text, itemStarts: Array(rowStarts.dropFirst()), lead: head)
    }
}

/// A block of a page before it is known whether the page's main text has it.
struct HTMLPiece {
    var kind: Block.Kind
    var text: [UInt8]
    var itemStarts: [Int] = []
    var lead: Range<Int>?
    var isMain = false
}

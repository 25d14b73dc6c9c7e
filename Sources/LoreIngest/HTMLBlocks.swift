/// Turns the elements and text of a page into blocks.
struct HTMLBlocks {
    private var pieces: [HTMLPiece] = []
    private var line = InlineText()
    private var list = HTMLList()
    /// The open tables, outermost first; nil for one that only sets out a page.
    private var tables: [HTMLTable?] = []
    private var mainDepth = 0
    private var headerDepth = 0
    private var quoteDepth = 0
    private var codeDepth = 0

    /// Of the whole page, also outside its main elements.
    var firstTopHeading: String? { pieces.lazy.map(\.kind).firstTopHeading }
    var isInMain: Bool { mainDepth > 0 }
    private var isInTable: Bool { tables.last.map { $0 != nil } ?? false }

    mutating func start(_ element: HTMLElement) {
        switch element {
        case .main:
            flush()
            endList()
            mainDepth += 1
        case .lineBreak: breakLine()
        case .table: startTable()
        case .row: tables.isEmpty || !isInTable ? flush() : tables.withLast { $0.endRow() }
        case .cell, .headCell:
            isInTable ? tables.withLast { $0.startCell(isHead: element == .headCell) } : flush()
        case .heading, .preformatted:
            loosenTable()
            flush()
            if element == .preformatted { codeDepth += 1 }
        default: isInTable ? addSpace() : startFlowing(element)
        }
    }

    private mutating func startFlowing(_ element: HTMLElement) {
        flush()
        switch element {
        case .quote: quoteDepth += 1
        case .list(let isOrdered): list.start(isOrdered: isOrdered)
        case .item: list.startItem()
        case .term: list.startTerm()
        case .definition: list.startDefinition()
        default: break
        }
    }

    mutating func end(_ element: HTMLElement) {
        switch element {
        case .main:
            flush()
            endList()
            mainDepth = max(mainDepth - 1, 0)
        case .heading(let level): endHeading(level: level)
        case .preformatted:
            endCode()
        case .table: endTable()
        case .row: isInTable ? tables.withLast { $0.endRow() } : flush()
        case .cell, .headCell: isInTable ? tables.withLast { $0.endCell() } : flush()
        case .lineBreak: break
        default: isInTable ? addSpace() : endFlowing(element)
        }
    }

    private mutating func endFlowing(_ element: HTMLElement) {
        flush()
        switch element {
        case .quote: quoteDepth = max(quoteDepth - 1, 0)
        case .list:
            list.end()
            if !list.isOpen { endList() }
        default: break
        }
    }

    mutating func enterHeader() {
        flush()
        headerDepth += 1
    }

    mutating func leaveHeader() {
        flush()
        headerDepth = max(headerDepth - 1, 0)
    }

    mutating func append(_ text: TextBytes) {
        if isInTable {
            tables.withLast { $0.append(text) }
        } else if codeDepth > 0 {
            line.appendVerbatim(text)
        } else {
            line.append(text)
        }
    }

    mutating func breakLine() {
        isInTable ? addSpace() : line.breakLine()
    }

    mutating func addSpace() {
        isInTable ? tables.withLast { $0.addSpace() } : line.addSpace()
    }

    /// Ends the open paragraph.
    mutating func flush() {
        guard codeDepth == 0, !isInTable else { return }
        let text = line.take()
        // Of what stands above a page, only headings are of it.
        guard !text.isEmpty, headerDepth == 0 || isInMain else { return }
        if list.isOpen {
            list.add(text)
        } else if quoteDepth > 0 {
            add(HTMLPiece(kind: .quote, text: quoted(text)))
        } else {
            add(HTMLPiece(kind: .paragraph, text: text))
        }
    }

    /// All blocks, or those of the main elements where these hold a fair part of the text.
    mutating func finish() -> ExtractedText {
        codeDepth = 0
        while !tables.isEmpty { endTable() }
        flush()
        endList()
        let all = pieces.reduce(0) { $0 + $1.text.count }
        let main = pieces.reduce(0) { $0 + ($1.isMain ? $1.text.count : 0) }
        var text = ExtractedText()
        for piece in pieces where main == 0 || main * 4 < all || piece.isMain {
            text.add(piece.kind, piece.text, itemStarts: piece.itemStarts, lead: piece.lead)
        }
        return text
    }

    private mutating func add(_ piece: HTMLPiece) {
        guard !piece.text.isEmpty else { return }
        pieces.append(piece)
        pieces[pieces.count - 1].isMain = isInMain
    }

    private mutating func endHeading(level: Int) {
        let words = line.words
        line = InlineText()
        guard !words.isEmpty else { return }
        endList()
        let marks = String(repeating: "#", count: level)
        add(
            HTMLPiece(
                kind: .heading(level: level, text: truncatedLabel(words)),
                text: Array("\(marks) \(words)".utf8)))
    }

    private mutating func endCode() {
        codeDepth = max(codeDepth - 1, 0)
        guard codeDepth == 0 else { return }
        let text = line.take()
        if list.isOpen {
            list.add(text)
        } else {
            add(HTMLPiece(kind: .code, text: text))
        }
    }

    private mutating func endList() {
        if let piece = list.take() { add(piece) }
    }

    private mutating func startTable() {
        loosenTable()
        flush()
        endList()
        tables.append(.some(HTMLTable()))
    }

    /// A table that holds tables or headings sets out a page: what it has so far becomes blocks.
    private mutating func loosenTable() {
        guard isInTable, var table = tables.removeLast() else { return }
        tables.append(nil)
        add(table.finish())
    }

    private mutating func endTable() {
        guard let last = tables.popLast() else { return }
        if var table = last {
            add(table.finish())
        } else {
            flush()
        }
    }
}

extension [HTMLTable?] {
    /// Changes the innermost table in place.
    fileprivate mutating func withLast(_ change: (inout HTMLTable) -> Void) {
        guard !isEmpty, var table = self[count - 1] else { return }
        self[count - 1] = nil
        change(&table)
        self[count - 1] = table
    }
}

/// The lines with `>` before them, as mail and Markdown write quotes.
private func quoted(_ text: [UInt8]) -> [UInt8] {
    Array("> ".utf8) + text.split(separator: newline).joined(separator: "\n> ".utf8)
}

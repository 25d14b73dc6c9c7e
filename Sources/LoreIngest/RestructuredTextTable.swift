/// A grid table or a simple table, line by line.
struct RestructuredTextTable {
    private let isGrid: Bool
    /// Of a simple table: borders so far.
    private var borders = 1
    private var previousWasBorder = true
    private var previousWasBlank = false
    private var rowsStart: Int
    private var lastRowEnd: Int

    /// The rows of the head, once it is known.
    private(set) var lead: Range<Int>?
    /// Whether the line that was added last belongs to the table.
    private(set) var includesLine = true
    /// Where a row starts, if one does with the line that was added last.
    private(set) var itemStart: Int?

    /// Opens a table at its first border; nil where `line` is none.
    init?(_ text: TextBytes, _ line: TextLine) {
        let content = line.content
        guard content.count >= 3 else { return nil }
        let isGrid = text[line.first] == UInt8(ascii: "+")
        guard isGrid ? Self.isGridBorder(text, content) : Self.isSimpleBorder(text, content) else {
            return nil
        }
        self.isGrid = isGrid
        rowsStart = line.next
        lastRowEnd = line.next
    }

    /// Takes the next line; false where the table ends with it or before it.
    mutating func add(_ text: TextBytes, _ line: TextLine) -> Bool {
        itemStart = nil
        return isGrid ? addToGrid(text, line) : addToSimple(text, line)
    }

    private mutating func addToGrid(_ text: TextBytes, _ line: TextLine) -> Bool {
        includesLine = !line.isBlank && "+|".utf8.contains(text[line.first])
        guard includesLine else { return false }
        let isBorder = Self.isGridBorder(text, line.content)
        if isBorder, lead == nil, text[line.content].contains(UInt8(ascii: "=")) {
            lead = head(text)
        }
        noteRow(line, isBorder: isBorder)
        return true
    }

    private mutating func addToSimple(_ text: TextBytes, _ line: TextLine) -> Bool {
        if line.isBlank {
            // A border before a blank line is the last; two blank lines end what was never closed.
            includesLine = !previousWasBlank && !(previousWasBorder && borders > 1)
            previousWasBlank = true
            return includesLine
        }
        includesLine = true
        let isBorder = Self.isSimpleBorder(text, line.content)
        if isBorder {
            borders += 1
            if borders == 3 { lead = firstHead }
            if borders == 2 { firstHead = head(text) }
        }
        noteRow(line, isBorder: isBorder)
        return true
    }

    /// What stands between the first two borders of a simple table; the head if a third comes.
    private var firstHead: Range<Int>?

    private mutating func noteRow(_ line: TextLine, isBorder: Bool) {
        if !isBorder, previousWasBorder || !isGrid { itemStart = line.start }
        if !isBorder { lastRowEnd = line.end }
        previousWasBorder = isBorder
        previousWasBlank = false
    }

    private func head(_ text: TextBytes) -> Range<Int>? {
        let start = text.firstNonBlank(in: rowsStart..<max(rowsStart, lastRowEnd))
        return start < lastRowEnd ? start..<lastRowEnd : nil
    }

    private static func isGridBorder(_ text: TextBytes, _ content: Range<Int>) -> Bool {
        text[content.lowerBound] == 0x2B && text[content.upperBound - 1] == 0x2B
            && text[content].allSatisfy { "+-=".utf8.contains($0) }
    }

    /// At least two groups of `=`.
    private static func isSimpleBorder(_ text: TextBytes, _ content: Range<Int>) -> Bool {
        text[content.lowerBound] == UInt8(ascii: "=") && text[content].contains(0x20)
            && text[content].allSatisfy { $0 == UInt8(ascii: "=") || $0 == 0x20 }
    }
}

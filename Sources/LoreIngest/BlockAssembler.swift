/// Puts blocks together line by line.
struct BlockAssembler {
    private let text: TextBytes
    private var collector: BlockCollector
    private var open: UnplacedBlock?
    /// Where lines start that belong to the block after them.
    private var prefix: Range<Int>?

    init(text: TextBytes) {
        self.text = text
        collector = BlockCollector(text: text)
    }

    /// The kind of the block that lines are being added to.
    var openKind: Block.Kind? { open?.kind }

    /// Opens a block with `line`, after whatever was open.
    mutating func start(_ kind: Block.Kind, _ line: TextLine, lead: Range<Int>? = nil) {
        endBlock()
        let start = prefix?.lowerBound ?? line.start
        prefix = nil
        open = UnplacedBlock(kind: kind, bytes: start..<line.next, lead: lead)
    }

    /// Adds `line` to the open block, whatever its kind; opens a paragraph where none is.
    mutating func extend(_ line: TextLine) {
        guard let block = open else { return start(.paragraph, line) }
        open?.bytes = block.bytes.lowerBound..<line.next
    }

    /// Adds `line` to the open block if that is of `kind`, else opens one.
    mutating func extend(_ line: TextLine, as kind: Block.Kind) {
        if openKind == kind { extend(line) } else { start(kind, line) }
    }

    /// Keeps `line` for the block after it, such as a caption.
    mutating func keep(_ line: TextLine) {
        endBlock()
        prefix = (prefix?.lowerBound ?? line.start)..<line.next
    }

    /// Notes that an item of the open block starts at `offset`, unless the block does.
    mutating func markItem(at offset: Int) {
        guard let block = open, offset > block.bytes.lowerBound else { return }
        open?.itemStarts.append(offset)
    }

    /// Says which bytes every part of the open block needs.
    mutating func setLead(_ lead: Range<Int>) { open?.lead = lead }

    /// Adds a block of one line.
    mutating func add(_ kind: Block.Kind, _ line: TextLine) {
        start(kind, line)
        close()
    }

    /// Adds whole lines as a block of their own.
    mutating func add(_ kind: Block.Kind, _ bytes: Range<Int>, itemStarts: [Int] = []) {
        close()
        collector.add(kind, bytes, itemStarts: itemStarts)
    }

    /// Ends the open block; lines kept for a next one are a paragraph.
    mutating func close() {
        endBlock()
        if let prefix { collector.add(.paragraph, prefix) }
        prefix = nil
    }

    /// Ends the open block; lines kept for a next one wait for it.
    mutating func endBlock() {
        guard let block = open else { return }
        collector.add(block.kind, block.bytes, itemStarts: block.itemStarts, lead: block.lead)
        open = nil
    }

    mutating func finish() -> [Block] {
        close()
        return collector.blocks
    }
}

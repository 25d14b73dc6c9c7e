import LoreCore

/// Text that is put together from a file, block by block, with a blank line between them.
struct ExtractedText {
    private(set) var bytes: [UInt8] = []
    private var blocks: [UnplacedBlock] = []

    /// Adds a block, whose `itemStarts` and `lead` are offsets in `text`; nothing where it is blank.
    mutating func add(
        _ kind: Block.Kind, _ text: some Collection<UInt8>, itemStarts: [Int] = [],
        lead: Range<Int>? = nil
    ) {
        guard text.contains(where: { !$0.isBlank }) else { return }
        let start = append(text)
        place(kind, 0..<text.count, itemStarts, lead, at: start)
    }

    /// Adds a heading as Markdown writes it; nothing where it has no words.
    mutating func addHeading(level: Int, _ words: String) {
        guard !words.isEmpty else { return }
        let marks = String(repeating: "#", count: level)
        add(.heading(level: level, text: truncatedLabel(words)), Array("\(marks) \(words)".utf8))
    }

    /// Adds a text with the blocks that a reader found in it; headings sink by `depth`, at most to 6.
    mutating func add(_ text: [UInt8], _ found: [Block], sinkingHeadingsBy depth: Int = 0) {
        guard !found.isEmpty else { return }
        let start = append(text)
        for block in found {
            place(
                block.kind.sunk(by: depth), block.range.bytes, block.itemStarts, block.lead,
                at: start)
        }
    }

    /// Adds a text on lines of its own after a blank line; returns where it starts.
    private mutating func append(_ text: some Collection<UInt8>) -> Int {
        if !bytes.isEmpty { bytes.append(newline) }
        let start = bytes.count
        bytes.append(contentsOf: text)
        if bytes.last != newline { bytes.append(newline) }
        return start
    }

    /// Notes a block by its offsets in a text that starts at `start`.
    private mutating func place(
        _ kind: Block.Kind, _ range: Range<Int>, _ itemStarts: [Int], _ lead: Range<Int>?,
        at start: Int
    ) {
        let moved = { (range: Range<Int>) in
            (range.lowerBound + start)..<(range.upperBound + start)
        }
        blocks.append(
            UnplacedBlock(
                kind: kind, bytes: moved(range), itemStarts: itemStarts.map { $0 + start },
                lead: lead.map(moved)))
    }

    /// The text with its blocks in their places.
    func parsed() -> ParsedText {
        var parsed = ParsedText()
        parsed.blocks = bytes.withUnsafeBufferPointer { text in
            var collector = BlockCollector(text: text)
            for block in blocks {
                collector.add(
                    block.kind, block.bytes, itemStarts: block.itemStarts, lead: block.lead)
            }
            return collector.blocks
        }
        parsed.extracted = bytes
        return parsed
    }
}

extension Block.Kind {
    fileprivate func sunk(by depth: Int) -> Block.Kind {
        guard case .heading(let level, let text) = self else { return self }
        return .heading(level: min(level + depth, 6), text: text)
    }
}

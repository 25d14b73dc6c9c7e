import LoreCore

/// Consecutive blocks that share chunks: what stands under one heading, or several small sections.
struct Section: Equatable {
    var blocks: Range<Int>
    /// The headings that all of the section stands under.
    var path: [String]
    private var tokens: Int
    private var hasText: Bool

    /// Divides a note into sections at its headings and joins those that are too small alone.
    ///
    /// - A section without text goes with the one after it and takes its path; at the end of the
    ///   note it goes with the one before.
    /// - A section of at most a quarter of a chunk joins such a neighbour if one parent holds both,
    ///   while they have at most half a chunk together; the path is then what they have in common.
    static func group(_ blocks: [Block], counts: [Int], maxTokens: Int) -> [Section] {
        var groups: [Section] = []
        for section in split(blocks, counts: counts) {
            if let last = groups.last, last.accepts(section, maxTokens: maxTokens) {
                groups[groups.count - 1].join(section)
            } else {
                groups.append(section)
            }
        }
        if groups.count > 1, let last = groups.last, !last.hasText {
            groups.removeLast()
            groups[groups.count - 1].blocks =
                groups[groups.count - 1].blocks.lowerBound..<blocks.count
        }
        return groups
    }

    private static func split(_ blocks: [Block], counts: [Int]) -> [Section] {
        var sections: [Section] = []
        var outline: [(level: Int, text: String)] = []
        for (index, block) in blocks.enumerated() {
            if case .heading(let level, let text) = block.kind {
                while let last = outline.last, last.level >= level { outline.removeLast() }
                outline.append((level, text))
            } else if !sections.isEmpty {
                sections[sections.count - 1].extend(to: index, tokens: counts[index])
                continue
            }
            sections.append(
                Section(
                    blocks: index..<(index + 1), path: outline.map(\.text).filter { !$0.isEmpty },
                    tokens: counts[index], hasText: !block.isHeading))
        }
        return sections
    }

    private mutating func extend(to index: Int, tokens more: Int) {
        blocks = blocks.lowerBound..<(index + 1)
        tokens = min(tokens + more, TokenMeasure.tooMany)
        hasText = true
    }

    private func accepts(_ next: Section, maxTokens: Int) -> Bool {
        guard hasText else { return true }
        guard tokens <= maxTokens / 2, next.tokens <= maxTokens / 4,
            tokens + next.tokens <= maxTokens / 2
        else { return false }
        let depth = max(path.count, next.path.count)
        return common(with: next.path).count >= depth - 1
    }

    private mutating func join(_ next: Section) {
        path = hasText && next.hasText ? common(with: next.path) : next.path
        blocks = blocks.lowerBound..<next.blocks.upperBound
        tokens = min(tokens + next.tokens, TokenMeasure.tooMany)
        hasText = hasText || next.hasText
    }

    private func common(with other: [String]) -> [String] {
        zip(path, other).prefix { $0 == $1 }.map(\.0)
    }
}

/// What is packed as one: a block, with the headings right before it.
struct Unit {
    /// In order; empty where there are none.
    let headings: [CountedRange]
    let body: Block
    let bodyTokens: Int

    var bytes: Range<Int> {
        (headings.first?.bytes ?? body.range.bytes).lowerBound..<body.range.bytes.upperBound
    }

    var tokens: Int {
        headings.reduce(bodyTokens) { min($0 + $1.tokens, TokenMeasure.tooMany) }
    }

    /// Pairs the headings among some blocks of a note with the block that each stands above.
    ///
    /// `counts` holds the tokens of all of the note's blocks, by the same indices.
    static func units(of blocks: ArraySlice<Block>, counts: [Int]) -> [Unit] {
        var units: [Unit] = []
        var headings: [CountedRange] = []
        for (index, block) in zip(blocks.indices, blocks) {
            // Headings at the very end have nothing to go with: the last is a body of its own.
            if block.isHeading, index + 1 < blocks.endIndex {
                headings.append(CountedRange(bytes: block.range.bytes, tokens: counts[index]))
            } else {
                units.append(Unit(headings: headings, body: block, bodyTokens: counts[index]))
                headings = []
            }
        }
        return units
    }
}

/// Bytes of a note and the tokens that they have.
struct CountedRange {
    let bytes: Range<Int>
    let tokens: Int
}

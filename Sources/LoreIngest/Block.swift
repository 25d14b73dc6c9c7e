package import LoreCore

/// A piece of a note that belongs together: whole lines, one kind of content.
package struct Block: Hashable, Sendable {
    /// What a block is, which says how it may be cut where it is too long.
    package enum Kind: Hashable, Sendable {
        /// A heading of level 1 to 6 and its words without markup.
        case heading(level: Int, text: String)
        case paragraph
        case code
        case table
        case list
        case quote
        case html
        case rule
    }

    package let kind: Kind
    /// From the start of the first line to the end of the last, without its line break.
    package let range: SourceRange
    /// The byte offsets at which its items start, without the first: of a list's items, a table's
    /// rows where they are not lines, a program's definitions.
    package let itemStarts: [Int]
    /// The bytes that every part needs where the block is cut, such as the head of a table.
    package let lead: Range<Int>?

    package init(
        kind: Kind, range: SourceRange, itemStarts: [Int] = [], lead: Range<Int>? = nil
    ) {
        self.kind = kind
        self.range = range
        self.itemStarts = itemStarts
        self.lead = lead
    }

    var isHeading: Bool {
        if case .heading = kind { true } else { false }
    }
}

extension Sequence where Element == Block.Kind {
    /// The words of the first heading of level 1; nil where there is none.
    var firstTopHeading: String? {
        for case .heading(1, let text) in self where !text.isEmpty { return text }
        return nil
    }
}

extension [Block] {
    /// The words of the first heading of level 1; nil where there is none.
    var firstTopHeading: String? { lazy.map(\.kind).firstTopHeading }
}

/// What a reader makes of a note's text.
struct ParsedText {
    var blocks: [Block] = []
    var frontMatter = FrontMatter()
    /// From the front matter, else the first heading of level 1; nil where there is neither.
    var title: String?
    var notice: String?
    /// Where the front matter ends, whose bytes lie in no block.
    var bodyStart = 0
    /// The text that the blocks lie in, where it is not the file's own bytes.
    var extracted: [UInt8]?
    var pages = PageMap()
}

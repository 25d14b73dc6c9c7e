/// A sentence of a note, or a line that stands for one.
package struct Sentence: Hashable, Sendable {
    /// UTF-8 bytes of the text it was found in, half-open; no white space at either end.
    package let bytes: Range<Int>
    package let kind: Kind

    package enum Kind: Sendable {
        case prose
        /// A sentence of a list item; the first has the item's marker in front.
        case listItem
        case tableRow
        case heading
        /// A line of fenced code.
        case code
        /// A line without words: a fence, a thematic break, the line below a table's head.
        case rule
    }

    package init(bytes: Range<Int>, kind: Kind) {
        self.bytes = bytes
        self.kind = kind
    }
}

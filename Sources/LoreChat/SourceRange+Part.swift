package import LoreCore

extension SourceRange {
    /// Where `part`, bytes of `text`, stands in the file, if `text` stands at this range.
    package func part(_ part: Range<Int>, of text: String) -> SourceRange {
        let bytes = Array(text.utf8)
        let first = lines.lowerBound + Self.newlines(bytes[..<part.lowerBound])
        let last = first + Self.newlines(bytes[part])
        let start = self.bytes.lowerBound
        return SourceRange(
            bytes: start + part.lowerBound..<start + part.upperBound, lines: first...last)
    }

    /// Where `range` of a whole text stands.
    init(_ range: Range<Int>, in text: [UInt8]) {
        let first = 1 + Self.newlines(text[..<range.lowerBound])
        let last = first + Self.newlines(text[range].dropLast())
        self.init(bytes: range, lines: first...last)
    }

    private static func newlines(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 == UInt8(ascii: "\n") }
    }
}

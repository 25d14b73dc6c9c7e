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

    static func newlines(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 == UInt8(ascii: "\n") }
    }
}

/// Where a passage stands in its note.
public struct SourceRange: Hashable, Sendable {
    /// UTF-8 bytes from the start of the file, half-open.
    public let bytes: Range<Int>
    /// Lines, counted from 1, inclusive.
    public let lines: ClosedRange<Int>

    public init(bytes: Range<Int>, lines: ClosedRange<Int>) {
        self.bytes = bytes
        self.lines = lines
    }
}

import LoreCore

/// Turns ascending byte ranges into line numbers, looking at each byte once.
struct LineCursor {
    private let text: TextBytes
    private var offset = 0
    private var line = 1

    init(text: TextBytes) { self.text = text }

    /// The range with its lines.
    ///
    /// - Precondition: `bytes` is not empty and does not start before the last one did.
    mutating func sourceRange(_ bytes: Range<Int>) -> SourceRange {
        precondition(
            !bytes.isEmpty && bytes.lowerBound >= offset, "\(bytes) asked after \(offset)")
        line += text.lineBreaks(in: offset..<bytes.lowerBound)
        offset = bytes.lowerBound
        let last = line + text.lineBreaks(in: bytes.lowerBound..<(bytes.upperBound - 1))
        return SourceRange(bytes: bytes, lines: line...last)
    }
}

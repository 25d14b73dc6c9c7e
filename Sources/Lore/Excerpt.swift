/// Lines of a note as they stand in the file now.
public struct Excerpt: Sendable, Hashable {
    public let path: String
    /// From 1, inclusive; an empty file has lines 1 to 1.
    public let lines: ClosedRange<Int>
    public let text: String
}

/// A note and perhaps lines of it, written `PATH`, `PATH:LINE` or `PATH:START-END`.
public struct NoteLocation: Sendable, Hashable {
    public let path: String
    public let lines: ClosedRange<Int>?

    public init(path: String, lines: ClosedRange<Int>? = nil) {
        self.path = path
        self.lines = lines
    }

    /// Reads a location; a `:` not followed by a range of lines belongs to the path.
    public init(parsing text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let lines = Self.lines(text[text.index(after: colon)...])
        else {
            self.init(path: text)
            return
        }
        self.init(path: String(text[..<colon]), lines: lines)
    }

    /// The lines that `START` or `START-END` names; nil where it names none.
    public static func lines(_ text: some StringProtocol) -> ClosedRange<Int>? {
        let ends = String(text).split(separator: "-", omittingEmptySubsequences: false)
            .map { String($0) }
        guard (1...2).contains(ends.count), ends.allSatisfy(isLineNumber),
            let first = Int(ends[0]), let last = Int(ends[ends.count - 1]), first >= 1,
            last >= first
        else { return nil }
        return first...last
    }

    private static func isLineNumber(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

/// Finds the section titles of reStructuredText and gives them levels.
struct RestructuredTextTitles {
    /// Bytes that adorn titles, twice that where there is a line above too; in order of appearance.
    private var styles: [Int] = []

    struct Title {
        let level: Int
        let words: String
        /// The whole lines of title and adornment.
        let bytes: Range<Int>
    }

    /// The title that starts with `line`; nil where none does.
    mutating func title(_ text: TextBytes, _ line: TextLine) -> Title? {
        guard line.next < text.count else { return nil }
        let second = TextLine(text, at: line.next)
        guard !second.isBlank else { return nil }
        if let style = Self.adornment(text, line), second.next < text.count {
            let third = TextLine(text, at: second.next)
            if Self.adornment(text, third) == style,
                Self.reaches(text, third, over: second) || third.content == line.content
            {
                return make(text, second, style: Int(style) + 256, line.start..<third.next)
            }
        }
        guard !line.isIndented, let style = Self.adornment(text, second),
            Self.adornment(text, line) == nil, Self.reaches(text, second, over: line)
        else { return nil }
        return make(text, line, style: Int(style), line.start..<second.next)
    }

    private mutating func make(
        _ text: TextBytes, _ line: TextLine, style: Int, _ bytes: Range<Int>
    ) -> Title {
        let index = styles.firstIndex(of: style) ?? styles.count
        if index == styles.count { styles.append(style) }
        let words = text.string(in: line.first..<min(line.end, line.first + 1024))
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return Title(
            level: min(index + 1, 6), words: truncatedLabel(Self.withoutMarkup(words)), bytes: bytes
        )
    }

    /// The byte that adorns, where the line has nothing else.
    private static func adornment(_ text: TextBytes, _ line: TextLine) -> UInt8? {
        guard !line.isBlank, !line.isIndented,
            let byte = text.repeatedByte(in: line.content, count: 1), byte.isASCIIPunctuation
        else { return nil }
        return byte
    }

    /// Whether an adornment is as long as the title, or long enough to be meant.
    private static func reaches(_ text: TextBytes, _ line: TextLine, over title: TextLine) -> Bool {
        line.content.count >= 4
            || line.content.count >= text[title.content].count { $0 & 0xC0 != 0x80 }
    }

    /// The words of ``code`` and :role:`target` alone.
    private static func withoutMarkup(_ words: String) -> String {
        guard words.contains("`") else { return words }
        var result = ""
        for part in words.split(separator: "`") {
            let role = part.split(separator: " ").last.map(String.init) ?? ""
            let isRole = role.hasPrefix(":") && role.hasSuffix(":") && role.utf8.count > 2
            result += isRole ? part.dropLast(role.count) : part
        }
        return result
    }
}

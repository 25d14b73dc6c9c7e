/// Definitions of files that are no programs with words and bodies: settings, lists, markup.
extension SourceDefinition {
    /// `[section]` or `[[section]]`.
    static func section(_ text: TextBytes, _ code: Range<Int>) -> SourceDefinition? {
        guard text[code.lowerBound] == UInt8(ascii: "[") else { return nil }
        let start = text.endOfRun(from: code.lowerBound, before: code.upperBound) { $0 == 0x5B }
        let end = text.endOfRun(from: start, before: code.upperBound) { $0 != UInt8(ascii: "]") }
        guard end < code.upperBound, end > start else { return nil }
        return SourceDefinition(text.string(in: start..<end))
    }

    /// `key:` with its value on the lines below.
    static func key(_ text: TextBytes, _ code: Range<Int>) -> SourceDefinition? {
        let end = text.endOfRun(from: code.lowerBound, before: code.upperBound) {
            $0.isNamePart || "-./\"' ".utf8.contains($0)
        }
        guard end > code.lowerBound, end < code.upperBound, text[end] == UInt8(ascii: ":"),
            text[code.lowerBound] != UInt8(ascii: "-")
        else { return nil }
        let value = text[text.firstNonBlank(in: (end + 1)..<code.upperBound)..<code.upperBound]
        guard let first = value.first else {
            return SourceDefinition(text.string(in: code.lowerBound..<end))
        }
        return "|>&#".utf8.contains(first)
            ? SourceDefinition(text.string(in: code.lowerBound..<end)) : nil
    }

    /// `(defun name`.
    static func list(_ text: TextBytes, _ code: Range<Int>) -> SourceDefinition? {
        guard text[code.lowerBound] == UInt8(ascii: "(") else { return nil }
        let words = text.string(in: (code.lowerBound + 1)..<code.upperBound)
            .split { $0.isWhitespace || $0 == "(" || $0 == ")" || $0 == "'" }
        guard words.count > 1, words[0].hasPrefix("def") || words[0] == "ns" else { return nil }
        return SourceDefinition(String(words[1]))
    }

    /// `\section{words}`.
    static func markup(_ text: TextBytes, _ code: Range<Int>) -> SourceDefinition? {
        for (level, name) in markupLevels
        where text.has(name, at: code.lowerBound, before: code.upperBound) {
            var start = code.lowerBound + name.utf8.count
            if start < code.upperBound, text[start] == UInt8(ascii: "*") { start += 1 }
            guard start < code.upperBound, text[start] == UInt8(ascii: "{") else { continue }
            let end = text.endOfRun(from: start, before: code.upperBound) { $0 != 0x7D }
            let words = text.string(in: (start + 1)..<end).split(whereSeparator: \.isWhitespace)
            return SourceDefinition(words.joined(separator: " "), level: level)
        }
        return nil
    }

    private static let markupLevels = [
        (1, #"\part"#), (2, #"\chapter"#), (3, #"\section"#), (4, #"\subsection"#),
        (5, #"\subsubsection"#), (6, #"\paragraph"#),
    ]
}

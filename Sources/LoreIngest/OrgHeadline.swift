/// The headline of an Org section: stars, state, priority, words and tags.
struct OrgHeadline {
    let level: Int
    /// Without state, priority and tags, links by their description.
    let words: String

    /// Reads `line`; nil where it is no headline.
    init?(_ text: TextBytes, _ line: TextLine, keywords: Set<String>) {
        let stars = text.endOfRun(from: line.start, before: line.end) { $0 == UInt8(ascii: "*") }
        guard stars > line.start, stars < line.next, text[stars] == 0x20 || text[stars] == 0x09
        else { return nil }
        level = stars - line.start
        let end = min(line.end, stars + Self.maxBytes)
        words = Self.words(text.string(in: stars..<max(stars, end)), keywords)
    }

    /// What is looked at of a headline; a label is shorter.
    private static let maxBytes = 2048

    private static func words(_ line: String, _ keywords: Set<String>) -> String {
        var parts = line.split(whereSeparator: \.isWhitespace)
        if let first = parts.first, keywords.contains(String(first)) { parts.removeFirst() }
        if let first = parts.first, isPriority(first) { parts.removeFirst() }
        if let last = parts.last, last.utf8.count > 2, last.first == ":", last.last == ":" {
            parts.removeLast()
        }
        return truncatedLabel(withoutLinks(parts.joined(separator: " ")))
    }

    /// `[#A]` or `[#10]`.
    private static func isPriority(_ word: Substring) -> Bool {
        word.hasPrefix("[#") && word.hasSuffix("]") && (4...5).contains(word.utf8.count)
    }

    /// Puts the description in place of each `[[target][description]]`, else the target.
    private static func withoutLinks(_ text: String) -> String {
        guard text.contains("[[") else { return text }
        var result = ""
        for (index, part) in text.split(separator: "[[", omittingEmptySubsequences: false)
            .enumerated()
        {
            let pieces = part.split(separator: "]]", maxSplits: 1, omittingEmptySubsequences: false)
            guard index > 0, pieces.count == 2 else {
                result += index > 0 ? "[[" + part : part
                continue
            }
            result += pieces[0].split(separator: "][").last ?? ""
            result += pieces[1]
        }
        return result
    }
}

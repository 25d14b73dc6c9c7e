/// The words of a quoted sentence, without the marks that make it a list item, a heading or a row.
///
/// Marks within the sentence (emphasis, links, code) stay: they are the writer's.
package enum PlainSentence {
    package static func text(of quote: String, kind: Sentence.Kind) -> String {
        let lines = quote.split(separator: "\n").map { withoutQuoteMarks($0[...]) }
        var words = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace)
        switch kind {
        case .tableRow: return cells(words)
        case .listItem: words = Array(withoutMarker(words))
        case .heading: words = words.filter { !$0.utf8.allSatisfy { $0 == UInt8(ascii: "#") } }
        case .prose, .code, .rule: break
        }
        return words.joined(separator: " ")
    }

    private static func withoutQuoteMarks(_ line: Substring) -> Substring {
        line.drop { $0 == ">" || $0.isWhitespace }
    }

    /// Drops `-`, `*`, `+`, `1.`, `1)` and a check box; a later sentence of an item has none.
    private static func withoutMarker(_ words: [Substring]) -> ArraySlice<Substring> {
        var rest = words[...]
        guard let first = rest.first, rest.count > 1, isMarker(first.utf8) else { return rest }
        rest.removeFirst()
        if rest.count > 1, rest.first == "[x]" || rest.first == "[X]" { return rest.dropFirst() }
        return rest.starts(with: ["[", "]"]) ? rest.dropFirst(2) : rest
    }

    private static func isMarker(_ word: Substring.UTF8View) -> Bool {
        guard let last = word.last else { return false }
        if word.count == 1 { return "-*+".utf8.contains(last) }
        return ".)".utf8.contains(last) && word.dropLast().allSatisfy(isDigit)
    }

    private static func cells(_ words: [Substring]) -> String {
        let cells = words.joined(separator: " ").split(separator: "|")
            .map { $0.drop(while: \.isWhitespace) }
            .map { cell in cell.last == " " ? cell.dropLast() : cell }
        return cells.filter { !$0.isEmpty }.joined(separator: " · ")
    }
}

import LoreCore

/// A stored answer, for who no longer has the passages that its numbers name.
struct CitedAnswer {
    private let turn: ConversationTurn

    init(_ turn: ConversationTurn) { self.turn = turn }

    /// The answer without its citations.
    var withoutMarks: String { read(passages: 0).text }

    /// The answer with the places of its citations in place of their numbers: `[tea.md:3-5]`.
    var withPlaces: String {
        let places = Dictionary(
            turn.citations.map { ($0.number, $0.place) }, uniquingKeysWith: { first, _ in first })
        let stream = read(passages: places.keys.max() ?? 0)
        var bytes = Array(stream.text.utf8)
        for mark in stream.marks.reversed() {
            let end = mark.offset + "[\(mark.number)]".utf8.count
            bytes.replaceSubrange(mark.offset..<end, with: (places[mark.number] ?? "").utf8)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func read(passages: Int) -> CitationStream {
        var stream = CitationStream(passages: passages)
        _ = stream.read(turn.answer)
        _ = stream.finish()
        return stream
    }
}

extension Citation {
    /// Where its quote stands, in brackets.
    fileprivate var place: String {
        let (first, last) = (range.lines.lowerBound, range.lines.upperBound)
        return first == last ? "[\(path):\(first)]" : "[\(path):\(first)-\(last)]"
    }
}

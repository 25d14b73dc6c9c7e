import LoreCore

/// A stored answer, for who no longer has the passages that its numbers name.
struct CitedAnswer {
    private let turn: ConversationTurn

    init(_ turn: ConversationTurn) { self.turn = turn }

    /// The answer without its citations.
    var withoutMarks: String { read(passages: 0).text }

    /// The answer with the places of its citations in place of their numbers: `[tea.md:3-5]`.
    ///
    /// One that stands behind the end of its sentence is moved into it: sentences are chosen one by one.
    var withPlaces: String {
        let places = Dictionary(
            turn.citations.map { ($0.number, $0.place) }, uniquingKeysWith: { first, _ in first })
        let stream = read(passages: places.keys.max() ?? 0)
        let bytes = Array(stream.text.utf8)
        var (placed, start) = ([UInt8](), 0)
        for mark in stream.marks {
            placed += bytes[start..<mark.offset]
            start = mark.offset + "[\(mark.number)]".utf8.count
            if let place = places[mark.number] { Self.add(place, to: &placed) }
        }
        return String(decoding: placed + bytes[start...], as: UTF8.self)
    }

    private static func add(_ place: String, to bytes: inout [UInt8]) {
        let space = UInt8(ascii: " ")
        guard let last = bytes.lastIndex(where: { $0 != space }), ".?!".utf8.contains(bytes[last])
        else { return bytes += place.utf8 }
        bytes.replaceSubrange((last + 1)..., with: [])
        bytes.insert(contentsOf: [space] + place.utf8, at: last)
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

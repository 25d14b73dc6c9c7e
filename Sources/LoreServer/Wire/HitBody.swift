package import LoreCore

/// A hit, as `search` and `ask` write it.
package struct HitBody: Encodable, Sendable {
    let rank: Int
    let score: Double
    let path: String
    let title: String
    /// Of the note, `YYYY-MM-DD`; absent where it has none.
    let date: String?
    let heading: [String]
    let startLine: Int
    let endLine: Int
    let startByte: Int
    let endByte: Int
    let page: Int?
    let text: String
    let chunkId: String
    /// Paths of notes that say the same, each once, best first; absent where there are none.
    let alsoIn: [String]?
    let explanation: [SignalBody]?

    package init(_ hit: Hit, explains: Bool) {
        rank = hit.rank
        score = hit.score
        path = hit.path
        title = hit.title
        date = hit.date
        heading = hit.chunk.heading
        startLine = hit.chunk.range.lines.lowerBound
        endLine = hit.chunk.range.lines.upperBound
        startByte = hit.chunk.range.bytes.lowerBound
        endByte = hit.chunk.range.bytes.upperBound
        page = hit.pages.page(at: hit.chunk.range.bytes.lowerBound)
        text = hit.chunk.text
        chunkId = hit.chunk.id.description
        var seen: Set<String> = []
        let others = hit.alsoIn.map(\.path).filter { seen.insert($0).inserted }
        alsoIn = others.isEmpty ? nil : others
        explanation = explains ? hit.explanation.map(SignalBody.init) : nil
    }
}

/// One part of a hit's score.
package struct SignalBody: Encodable, Sendable {
    let signal: String
    let rank: Int?
    let raw: Double
    let weight: Double
    let contribution: Double

    init(_ part: SignalContribution) {
        signal = part.signal
        rank = part.rank
        raw = part.raw
        weight = part.weight
        contribution = part.contribution
    }
}

import Foundation
import LoreCore

/// A hit as a person reads it: where it is, under which headings, and the lines that matter.
struct HitRendering {
    let terminal: Terminal
    let query: String
    let explains: Bool

    /// Lines of a passage that are shown.
    private static let shownLines = 3
    private static let shownCharacters = 160
    /// Places of duplicates that are shown.
    private static let shownPlaces = 5

    func text(of hit: Hit, file: @autoclosure () -> URL?) -> String {
        let page = hit.pages.page(at: hit.chunk.range.bytes.lowerBound)
        let place = location(hit.path, hit.chunk.range, page: page)
        let isRepeated = hit.chunk.heading.first == hit.title
        let heading = (isRepeated ? hit.chunk.heading : [hit.title] + hit.chunk.heading)
            .joined(separator: " › ")
        var lines = [
            "\(hit.rank). \(terminal.bold(terminal.link(place, to: file())))  "
                + terminal.dim(Terminal.path(heading))
        ]
        lines += snippet(hit.chunk.text).map { "   " + $0 }
        if let others = others(hit.alsoIn) { lines.append("   " + terminal.dim(others)) }
        if explains { lines += explanation(of: hit).map { "   " + terminal.dim($0) } }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// The first places that say the same, and how many more there are; nil where there are none.
    private func others(_ places: [Hit.Place]) -> String? {
        guard !places.isEmpty else { return nil }
        let shown = places.prefix(Self.shownPlaces).map { Terminal.path($0.shown) }
        let more = places.count - shown.count
        return "also in: " + shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }

    /// The lines around the one that holds most of the query's words.
    private func snippet(_ text: String) -> [String] {
        let words = query.lowercased().split { !$0.isLetter && !$0.isNumber }
        let lines = text.split(separator: "\n").filter { line in
            line.contains { $0.isLetter || $0.isNumber }
        }
        let found = lines.map { line in
            let folded = line.lowercased()
            return words.filter { folded.contains($0) }.count
        }
        let best = found.indices.max { (found[$0], -$0) < (found[$1], -$1) } ?? 0
        let start = max(0, min(best, lines.count - Self.shownLines))
        return lines[start..<min(lines.count, start + Self.shownLines)].map(shortened)
    }

    private func shortened(_ line: Substring) -> String {
        let text = Terminal.printable(String(line))
        return text.count <= Self.shownCharacters
            ? text : text.prefix(Self.shownCharacters - 1) + "…"
    }

    private func explanation(of hit: Hit) -> [String] {
        let parts = hit.explanation.map { part in
            let rank = part.rank.map { "rank \($0)" } ?? "not ranked"
            return "\(part.signal): \(rank), raw \(shown(part.raw)) × weight \(shown(part.weight))"
                + " → \(shown(part.contribution))"
        }
        return ["score \(shown(hit.score))"] + parts
    }

    private func shown(_ number: Double) -> String { decimal(number, places: 4) }
}

/// `path:start-end`, or `path:line` for one line, and the page where there are pages.
func location(_ path: String, _ range: SourceRange, page: Int?) -> String {
    Terminal.path(Hit.Place(path: path, range: range).shown)
        + (page.map { " (page \($0))" } ?? "")
}

import Lore
import LoreCore

/// A passage on one line: where it is, and how it begins.
struct PassageRendering {
    let terminal: Terminal

    private static let shownCharacters = 120

    func line(_ passage: NotePassage) -> String {
        let page = passage.pages.page(at: passage.range.bytes.lowerBound)
        return location(passage.path, passage.range, page: page) + "  "
            + terminal.dim(quote(passage.text))
    }

    /// The first line that is no heading; a heading where there is nothing else.
    private func quote(_ text: String) -> String {
        let lines = text.split(separator: "\n").filter { line in
            line.contains { $0.isLetter || $0.isNumber }
        }
        let line = lines.first { !$0.hasPrefix("#") } ?? lines.first ?? ""
        let shown = Terminal.printable(String(line.drop(while: \.isWhitespace)))
        return shown.count <= Self.shownCharacters
            ? shown : shown.prefix(Self.shownCharacters - 1) + "…"
    }
}

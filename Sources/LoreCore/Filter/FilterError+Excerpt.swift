extension FilterError {
    /// Columns of a filter that are shown.
    private static let shownColumns = 72

    /// The filter and carets under the place, on lines of their own; nothing for an empty one.
    var excerpt: String {
        let characters = Array(filter)
        guard !characters.isEmpty else { return "" }
        let (start, end) = (index(of: place.lowerBound), index(of: place.upperBound))
        let first = max(0, min(start, characters.count) - Self.shownColumns / 2)
        let last = min(characters.count, first + Self.shownColumns)
        let line = (first > 0 ? "…" : "") + Self.printable(String(characters[first..<last]))
        let before = (first > 0 ? 1 : 0) + Self.columns(characters[first..<min(start, last)])
        let under = Self.columns(
            characters[min(start, last)..<max(min(start, last), min(end, last))])
        return "\n  " + line + (last < characters.count ? "…" : "")
            + "\n  " + String(repeating: " ", count: before)
            + String(repeating: "^", count: max(1, under))
    }

    /// Which character the byte at `offset` belongs to; their number for the end.
    private func index(of offset: Int) -> Int {
        let position = filter.utf8.index(filter.startIndex, offsetBy: offset)
        return filter[..<position].count
    }

    /// `text` with a space for each character that would move the cursor.
    static func printable(_ text: String) -> String {
        String(text.map { isControl($0) ? " " : $0 })
    }

    private static func isControl(_ character: Character) -> Bool {
        character.unicodeScalars.contains {
            switch $0.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format: true
            default: false
            }
        }
    }

    private static func columns(_ characters: ArraySlice<Character>) -> Int {
        characters.reduce(0) { $0 + (isWide($1) ? 2 : 1) }
    }

    /// Whether a terminal gives the character two columns.
    ///
    /// - SeeAlso: Unicode Standard Annex #11, East Asian Width
    private static func isWide(_ character: Character) -> Bool {
        guard let scalar = character.unicodeScalars.first else { return false }
        return switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6,
            0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            !isControl(character)
        default: false
        }
    }
}

/// The sign that starts an item of a list in plain-text markup.
enum ListMarker {
    /// Where the words of an item begin on `line`, if it starts with one of `bullets` or a number
    /// and white space; nil where it does not.
    static func end(_ text: TextBytes, _ line: TextLine, bullets: String) -> Int? {
        guard !line.isBlank else { return nil }
        let end = bulletEnd(text, line, bullets) ?? numberEnd(text, line)
        guard let end, end == line.end || text[end].isBlank else { return nil }
        return text.firstNonBlank(in: end..<line.end)
    }

    private static func bulletEnd(_ text: TextBytes, _ line: TextLine, _ bullets: String) -> Int? {
        bullets.utf8.contains(text[line.first]) ? line.first + 1 : nil
    }

    /// `1.`, `1)`, `(1)`, `#.`, `a.` and the like.
    private static func numberEnd(_ text: TextBytes, _ line: TextLine) -> Int? {
        var offset = line.first
        if text[offset] == UInt8(ascii: "(") { offset += 1 }
        let digits = text.endOfRun(
            from: offset, before: min(line.end, offset + 9), where: \.isDigit)
        if digits > offset {
            offset = digits
        } else if offset < line.end, text[offset].isASCIILetter || text[offset] == 0x23 {
            offset += 1
        } else {
            return nil
        }
        guard offset < line.end, [0x2E, 0x29].contains(text[offset]) else { return nil }
        return offset + 1
    }
}

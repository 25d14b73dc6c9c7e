import LoreCore

/// Reads a message of e-mail: who wrote to whom and when, then the text.
enum EmailReader {
    static func read(_ bytes: ArraySlice<UInt8>) -> ParsedText {
        guard bytes.contains(where: { !$0.isBlank }) else { return ParsedText(extracted: []) }
        let message = MailPart(bytes)
        var text = ExtractedText()
        MailText.add(message, to: &text)
        var parsed = text.parsed()
        parsed.title = message.header("subject").map(truncatedLabel)
        parsed.frontMatter.date = message.header("date").flatMap(mailDay)
        return parsed
    }
}

/// Reads a mailbox: messages one after the other, each under its subject.
enum MailboxReader {
    static func read(_ bytes: ArraySlice<UInt8>) -> ParsedText {
        var text = ExtractedText()
        var start: Int?
        for separator in separators(in: bytes) {
            if let start { add(bytes[start..<separator.lowerBound], to: &text) }
            start = separator.upperBound
        }
        if let start { add(bytes[start...], to: &text) }
        return text.parsed()
    }

    private static func add(_ raw: ArraySlice<UInt8>, to text: inout ExtractedText) {
        guard raw.contains(where: { !$0.isBlank }) else { return }
        let message = MailPart(unescaped(raw)[...])
        text.addHeading(level: 1, message.header("subject") ?? "(no subject)")
        MailText.add(message, to: &text, sinkingHeadingsBy: 1)
    }

    /// The lines `From …` that stand before messages: at the start or after a blank line, with a
    /// time in them, as prose may begin with the word.
    private static func separators(in bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var isAfterBlank = true
        forEachLine(of: bytes) { line in
            if isAfterBlank, bytes[line].starts(with: "From ".utf8), hasTime(bytes[line]) {
                found.append(line)
            }
            isAfterBlank = bytes[line].allSatisfy(\.isBlank)
        }
        return found
    }

    private static func hasTime(_ line: ArraySlice<UInt8>) -> Bool {
        line.indices.dropFirst().dropLast().contains { index in
            line[index] == UInt8(ascii: ":") && 0x30...0x39 ~= line[index - 1]
                && 0x30...0x39 ~= line[index + 1]
        }
    }

    /// The message without the `>` that a mailbox puts before lines that begin like a separator.
    private static func unescaped(_ raw: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(raw.count)
        forEachLine(of: raw) { line in
            let text = raw[line].drop { $0 == UInt8(ascii: ">") }
            let isEscaped = text.startIndex > line.lowerBound && text.starts(with: "From ".utf8)
            result.append(contentsOf: isEscaped ? raw[line].dropFirst() : raw[line])
        }
        return result
    }
}

/// Calls `body` with each line's range, with its line break.
func forEachLine(of bytes: ArraySlice<UInt8>, _ body: (Range<Int>) -> Void) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
        let end = bytes[start...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.endIndex
        body(start..<end)
        start = end
    }
}

/// The day that a `Date` header names, as `YYYY-MM-DD`: the one written, whatever the time zone.
///
/// - SeeAlso: RFC 5322, section 3.3
func mailDay(_ text: String) -> String? {
    let words = text.split { $0.isWhitespace || $0 == "," || $0 == "-" }.map(String.init)
    let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    for index in words.indices.dropFirst().dropLast() {
        let name = words[index].prefix(3).lowercased()
        guard let month = months.firstIndex(of: name), let day = Int(words[index - 1]),
            let number = Int(words[index + 1])
        else { continue }
        // Two digits are from before the standard asked for four.
        let year = number < 50 ? number + 2000 : number < 1000 ? number + 1900 : number
        return calendarDay("\(year)-\(month + 1)-\(day)")
    }
    return calendarDay(text)
}

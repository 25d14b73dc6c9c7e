/// Finds where one sentence ends and the next starts.
enum SentenceEnd {
    /// The start of the second sentence in `range`; its upper bound where there is none.
    ///
    /// A sentence ends after `.`, `!` or `?`, closing marks, and white space, unless a small letter
    /// goes on (as after an abbreviation); after a full stop of Chinese or Japanese; and before a
    /// line that starts with a marker of a list, quote or table or that follows a blank line.
    static func next(_ text: TextBytes, in range: Range<Int>) -> Int {
        var offset = range.lowerBound
        while offset < range.upperBound {
            let byte = text[offset]
            offset += 1
            var start: Int?
            switch byte {
            case UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"):
                while offset < range.upperBound, isClosing(text[offset]) { offset += 1 }
                start = afterStop(text, offset, range.upperBound)
            case newline: start = beforeLine(text, offset, range.upperBound)
            case 0xE3, 0xEF: start = afterWideStop(text, offset - 1, range.upperBound)
            default: break
            }
            if let start { return start }
        }
        return range.upperBound
    }

    /// After white space at `offset`, unless a small letter goes on.
    private static func afterStop(_ text: TextBytes, _ offset: Int, _ limit: Int) -> Int? {
        guard offset < limit, text[offset].isBlank else { return nil }
        let next = text.firstNonBlank(in: offset..<limit)
        let isSmallLetter = next < limit && text[next] >= 0x61 && text[next] <= 0x7A
        return isSmallLetter ? nil : next
    }

    private static func isClosing(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: ")"), UInt8(ascii: "]"),
            UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "!"),
            UInt8(ascii: "?"):
            true
        default: false
        }
    }

    /// The offset of a line that starts with a marker or follows a blank one.
    private static func beforeLine(_ text: TextBytes, _ line: Int, _ limit: Int) -> Int? {
        let first = text.firstNonBlank(in: line..<limit)
        if first == limit || text.lineBreaks(in: line..<first) > 0 { return first }
        switch text[first] {
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ">"),
            UInt8(ascii: "|"), UInt8(ascii: "#"):
            return line
        case 0x30...0x39: return isItemNumber(text, first, limit) ? line : nil
        default: return nil
        }
    }

    /// Whether a number at `start` is that of a list's item: up to nine digits, then `.` or `)`.
    private static func isItemNumber(_ text: TextBytes, _ start: Int, _ limit: Int) -> Bool {
        let end = (start..<min(start + 10, limit)).first { text[$0] < 0x30 || text[$0] > 0x39 }
        return end.map { [UInt8(ascii: "."), UInt8(ascii: ")")].contains(text[$0]) } ?? false
    }

    /// After `。`, `！` or `？` at `start` and the closing brackets that follow.
    private static func afterWideStop(_ text: TextBytes, _ start: Int, _ limit: Int) -> Int? {
        guard wideStops.contains(scalar(text, start, limit)) else { return nil }
        var offset = start + 3
        while wideClosings.contains(scalar(text, offset, limit)) { offset += 3 }
        return text.firstNonBlank(in: offset..<limit)
    }

    /// Three bytes as one number; zero at the end.
    private static func scalar(_ text: TextBytes, _ offset: Int, _ limit: Int) -> UInt32 {
        guard offset + 3 <= limit else { return 0 }
        return text[offset..<(offset + 3)].reduce(0) { $0 << 8 | UInt32($1) }
    }

    private static let wideStops: [UInt32] = [0xE38082, 0xEFBC81, 0xEFBC9F]
    private static let wideClosings: [UInt32] = [0xE3808D, 0xE3808F, 0xEFBC89, 0xE38091]
}

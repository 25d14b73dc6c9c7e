/// What one line of Markdown begins or is.
///
/// Only what decides where sentences end; a full parser would not be more right about that, and
/// plain text passes through it unharmed.
enum MarkdownLine: Equatable {
    case blank
    /// Opens or closes fenced code, by a run of `marker` of this length.
    case fence(marker: UInt8, length: Int)
    case heading
    case rule
    case tableRow
    /// An item whose text begins at this offset.
    case listItem(textStart: Int)
    case text

    /// Reads the line whose first character that is neither blank nor a quotation mark is at
    /// `start`.
    init(_ bytes: [UInt8], _ line: Range<Int>) {
        guard let first = line.isEmpty ? nil : bytes[line.lowerBound] else {
            self = .blank
            return
        }
        if let fence = Self.fence(bytes, line) {
            self = fence
        } else if Self.isRule(bytes, line) {
            self = .rule
        } else if Self.isHeading(bytes, line) {
            self = .heading
        } else if first == UInt8(ascii: "|") {
            self = .tableRow
        } else if let start = Self.itemText(bytes, line) {
            self = .listItem(textStart: start)
        } else {
            self = .text
        }
    }

    private static func fence(_ bytes: [UInt8], _ line: Range<Int>) -> MarkdownLine? {
        let marker = bytes[line.lowerBound]
        guard marker == UInt8(ascii: "`") || marker == UInt8(ascii: "~") else { return nil }
        let run = bytes[line].prefix { $0 == marker }.count
        // Backticks after the run are code within a line: ```like this```.
        let rest = bytes[(line.lowerBound + run)..<line.upperBound]
        guard run >= 3, marker != UInt8(ascii: "`") || !rest.contains(marker) else { return nil }
        return .fence(marker: marker, length: run)
    }

    private static func isRule(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        line.count >= 2 && bytes[line].allSatisfy { "-=*_|:+ \t".utf8.contains($0) }
    }

    private static func isHeading(_ bytes: [UInt8], _ line: Range<Int>) -> Bool {
        let run = bytes[line].prefix { $0 == UInt8(ascii: "#") }.count
        guard (1...6).contains(run) else { return false }
        let next = line.lowerBound + run
        return next == line.upperBound || isBlank(bytes[next])
    }

    /// Where an item's text begins: after `-`, `*`, `+`, `1.` or `1)` and a blank.
    private static func itemText(_ bytes: [UInt8], _ line: Range<Int>) -> Int? {
        var index = line.lowerBound
        while index < line.upperBound, index - line.lowerBound < 9, isDigit(bytes[index]) {
            index += 1
        }
        guard index < line.upperBound else { return nil }
        let marks = index == line.lowerBound ? "-*+" : ".)"
        guard marks.utf8.contains(bytes[index]) else { return nil }
        index += 1
        guard index < line.upperBound, isBlank(bytes[index]) else { return nil }
        return bytes[index..<line.upperBound].firstIndex { !isBlank($0) }
    }
}

/// Whether `byte` is a space, a tab or the end of a line.
func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

func isASCIILetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}

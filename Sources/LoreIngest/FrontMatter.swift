import LoreCore
import Yams

/// What the block at the top of a note says about it.
struct FrontMatter: Hashable, Sendable {
    var title: String?
    var tags: [String] = []
    var aliases: [String] = []
    /// `YYYY-MM-DD`.
    var date: String?
    /// Whether the note's text is to stay on this machine.
    var isLocalOnly = false
}

/// Where the front matter of a note ends and what it says.
enum FrontMatterReading {
    case none
    case read(FrontMatter, end: Int)
    /// Fenced like front matter, but not in its language; the text stays part of the note.
    case malformed(end: Int, language: String)
}

extension FrontMatter {
    /// Bytes among which the closing fence is looked for.
    private static let maxBytes = 65_536
    /// Levels of nesting on one line.
    private static let maxDepth = 64
    /// Twelve name at most 3⁴ values.
    private static let maxAliases = 12

    /// Reads the front matter that starts at `start`: YAML between two lines `---`, or TOML between
    /// two lines `+++`.
    ///
    /// YAML that is not a mapping, such as a sentence between two rules, is none.
    static func read(_ text: TextBytes, from start: Int) -> FrontMatterReading {
        let limit = min(text.count, start + maxBytes)
        var line = text.lineEnd(from: start, limit: limit)
        let isTOML = isFence(text, start..<line, ["+++"])
        guard isTOML || isFence(text, start..<line, ["---"]) else { return .none }
        let bodyStart = line
        while line < limit {
            let next = text.lineEnd(from: line, limit: limit)
            let isEnd = isFence(text, line..<next, isTOML ? ["+++"] : ["---", "..."])
            if isEnd, next < limit || limit == text.count {
                let content = bodyStart..<line
                return isTOML
                    ? parseTOML(text, content, end: next)
                    : parse(text.string(in: content), end: next)
            }
            line = next
        }
        return .none
    }

    private static func isFence(
        _ text: TextBytes, _ line: Range<Int>, _ fences: [String]
    ) -> Bool {
        let content = text[line.lowerBound..<text.endOfNonBlank(in: line)]
        return fences.contains { content.elementsEqual($0.utf8) }
    }

    private static func parse(_ yaml: String, end: Int) -> FrontMatterReading {
        guard !isUnreasonable(yaml) else { return .malformed(end: end, language: "YAML") }
        do {
            guard let node = try Yams.compose(yaml: yaml) else {
                return .read(FrontMatter(), end: end)
            }
            guard let mapping = node.mapping else { return .none }
            return .read(FrontMatter(mapping), end: end)
        } catch {
            return .malformed(end: end, language: "YAML")
        }
    }

    /// Whether parsing would take stack or time out of proportion.
    ///
    /// The parser's stack grows with brackets and indicators that are open at once; aliases of
    /// aliases name more values than there are bytes.
    private static func isUnreasonable(_ yaml: String) -> Bool {
        var brackets = 0
        var indicators = 0
        var aliases = 0
        var previous = newline
        for byte in yaml.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): brackets -= 1
            case UInt8(ascii: "*") where previous.isBlank || "[{,".utf8.contains(previous):
                aliases += 1
            case newline: indicators = 0
            case UInt8(ascii: " ") where "-?:".utf8.contains(previous): indicators += 1
            default: break
            }
            if max(brackets, indicators) > maxDepth || aliases > maxAliases { return true }
            previous = byte
        }
        return false
    }

    private init(_ mapping: Node.Mapping) {
        for (key, value) in mapping {
            switch key.string?.lowercased() {
            case "title": title = value.scalar.flatMap { Self.oneLine($0.string) }
            case "tags", "tag": tags += Self.tags(value)
            case "aliases", "alias": aliases += Self.strings(value).compactMap(Self.oneLine)
            case "date": date = value.scalar.flatMap { calendarDay($0.string) }
            case "local_only", "local-only":
                isLocalOnly = value.scalar.map { Self.saysYes($0.string) } ?? true
            default: break
            }
        }
        tags = Self.distinct(tags)
        aliases = Self.distinct(aliases)
    }

    /// Whether a mark is set: by anything but a plain no.
    static func saysYes(_ value: String) -> Bool {
        let word = value.lowercased().filter { !$0.isWhitespace }
        return !["", "false", "no", "off", "nil", "null", "~", "0"].contains(word)
    }

    /// A list of tags, or one string with commas or spaces between them.
    private static func tags(_ value: Node) -> [String] {
        let names =
            value.scalar == nil
            ? strings(value)
            : strings(value).flatMap(words)
        return names.compactMap(tag)
    }

    /// The tags in one string, with commas or spaces between them.
    static func words(_ text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    /// A tag without its hash.
    static func tag(_ text: String) -> String? {
        oneLine(String(text.drop { $0 == "#" || $0 == " " }))
    }

    /// The scalars of a value, of a list, and of lists in it; null is none.
    private static func strings(_ value: Node, depth: Int = 0) -> [String] {
        if let scalar = value.scalar {
            return value.null == nil ? [scalar.string] : []
        }
        guard depth < 2, let list = value.sequence else { return [] }
        return list.prefix(maxEntries).flatMap { strings($0, depth: depth + 1) }
    }

    /// Tags and aliases beyond so many are not meant as such.
    static let maxEntries = 1000

    /// The words of `text` with single spaces between them; nil where there are none.
    static func oneLine(_ text: String) -> String? {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? nil : truncatedLabel(line)
    }

    static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0).inserted }
    }
}

/// A title or heading cut to a length that leaves a chunk room for its text.
func truncatedLabel(_ text: String) -> String {
    let maxBytes = 240
    guard text.utf8.count > maxBytes else { return text }
    var end = text.startIndex
    while end < text.endIndex {
        let next = text.index(after: end)
        if text.utf8.distance(from: text.startIndex, to: next) > maxBytes { break }
        end = next
    }
    // One grapheme may be longer than all that a label may have.
    return end == text.startIndex ? String(text.unicodeScalars.prefix(60)) : text[..<end] + "…"
}

/// The day that a date or time names, as `YYYY-MM-DD`; nil where it names none.
///
/// Read are `2026-11-25`, `2026/11/25`, `2026.11.25` and `20261125`, with any time after it; the
/// day is the one written, whatever the time zone.
func calendarDay(_ text: String) -> String? {
    var digits: [UInt8] = []
    var groups: [Int] = []
    var count = 0
    for byte in text.utf8.drop(while: \.isBlank) {
        if byte >= 0x30, byte <= 0x39 {
            guard digits.count < 8 else { return nil }
            digits.append(byte)
            count += 1
        } else if [0x2D, 0x2E, 0x2F].contains(byte), groups.count < 2, count > 0 {
            groups.append(count)
            count = 0
        } else {
            break
        }
    }
    groups.append(count)
    let number = { (range: Range<Int>) in digits[range].reduce(0) { $0 * 10 + Int($1) - 0x30 } }
    if groups == [8] { groups = [4, 2, 2] }
    guard groups.count == 3, groups[0] == 4, (1...2).contains(groups[1]),
        (1...2).contains(groups[2])
    else { return nil }
    let (month, day) = (number(4..<(4 + groups[1])), number((4 + groups[1])..<digits.count))
    guard (1...12).contains(month), (1...daysIn(month: month, year: number(0..<4))).contains(day)
    else { return nil }
    let pad = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return String(decoding: digits[..<4], as: UTF8.self) + "-" + pad(month) + "-" + pad(day)
}

private func daysIn(month: Int, year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
}

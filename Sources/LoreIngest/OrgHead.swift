/// What stands above the body of an Org file: keywords, a property drawer, comments.
struct OrgHead {
    private(set) var frontMatter = FrontMatter()
    /// The words that mark the state of a task.
    private(set) var todoKeywords: Set<String> = [
        "TODO", "DONE", "NEXT", "WAITING", "HOLD", "STARTED", "CANCELLED", "CANCELED", "COMMENT",
    ]
    /// Where the body starts.
    private(set) var end: Int
    private var isInDrawer = false

    init(_ text: TextBytes, from start: Int) {
        end = start
        for line in text.lines(from: start) {
            guard line.isBlank || add(text, line) else { break }
            if !isInDrawer { end = line.next }
        }
        frontMatter.tags = FrontMatter.distinct(frontMatter.tags)
    }

    /// Reads a line; false where it is not part of the head.
    private mutating func add(_ text: TextBytes, _ line: TextLine) -> Bool {
        guard !line.isIndented, line.content.count <= Self.maxLineBytes else { return false }
        if text.has("# ", at: line.first, before: line.end) { return !isInDrawer }
        let isKeyword = text.has("#+", at: line.first, before: line.end)
        let nameStart = line.first + (isKeyword ? 2 : 1)
        guard isKeyword || text[line.first] == UInt8(ascii: ":") else { return false }
        let nameEnd = text.endOfRun(from: nameStart, before: line.end) { $0 != 0x3A && !$0.isBlank }
        guard nameEnd < line.end, text[nameEnd] == UInt8(ascii: ":") else { return false }
        let name = text.string(in: nameStart..<nameEnd).lowercased()
        let value = text.string(in: (nameEnd + 1)..<line.end)
        return isKeyword ? setKeyword(name, value) : setProperty(name, value)
    }

    private static let maxLineBytes = 4096

    private mutating func setKeyword(_ name: String, _ value: String) -> Bool {
        switch name {
        case "title": frontMatter.title = FrontMatter.oneLine(value)
        case "date":
            frontMatter.date = calendarDay(String(value.drop { " \t<[".contains($0) }))
        case "filetags", "tags":
            frontMatter.tags += value.split { $0 == ":" || $0.isWhitespace }
                .prefix(FrontMatter.maxEntries).map { truncatedLabel(String($0)) }
        case "local_only", "local-only": frontMatter.isLocalOnly = FrontMatter.saysYes(value)
        case "todo", "seq_todo", "typ_todo":
            for word in value.split(whereSeparator: \.isWhitespace) where word != "|" {
                todoKeywords.insert(String(word.prefix { $0 != "(" }))
            }
        case "name", "caption", "results", "header", "call", "include", "tblname", "plot":
            return false
        default: return !name.hasPrefix("begin_") && !name.hasPrefix("attr_") && !isInDrawer
        }
        return !isInDrawer
    }

    private mutating func setProperty(_ name: String, _ value: String) -> Bool {
        switch name {
        case "properties" where !isInDrawer && value.isEmpty: isInDrawer = true
        case "end" where isInDrawer && value.isEmpty: isInDrawer = false
        case "roam_aliases" where isInDrawer: frontMatter.aliases = Self.quoted(value)
        case "local_only", "local-only":
            guard isInDrawer else { return false }
            frontMatter.isLocalOnly = FrontMatter.saysYes(value)
        default: return isInDrawer
        }
        return true
    }

    /// Words, and what stands between quotation marks.
    private static func quoted(_ value: String) -> [String] {
        var names: [String] = []
        for (index, part) in value.split(separator: "\"", omittingEmptySubsequences: false)
            .enumerated()
        {
            if index % 2 == 1 {
                names += FrontMatter.oneLine(String(part)).map { [$0] } ?? []
            } else {
                names += part.split(whereSeparator: \.isWhitespace).map {
                    truncatedLabel(String($0))
                }
            }
        }
        return FrontMatter.distinct(names)
    }
}

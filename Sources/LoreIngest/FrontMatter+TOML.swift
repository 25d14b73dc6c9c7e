extension FrontMatter {
    /// Reads the lines between two fences as TOML.
    static func parseTOML(_ text: TextBytes, _ content: Range<Int>, end: Int) -> FrontMatterReading
    {
        var scanner = TOMLScanner(TextBytes(rebasing: text[content]))
        var frontMatter = FrontMatter()
        do throws(TOMLScanner.Malformed) {
            while let entry = try scanner.nextEntry() { frontMatter.set(entry) }
        } catch {
            return .malformed(end: end, language: "TOML")
        }
        frontMatter.tags = distinct(frontMatter.tags)
        frontMatter.aliases = distinct(frontMatter.aliases)
        return .read(frontMatter, end: end)
    }

    /// Takes over a value of the top table, or of the table that site generators keep tags in.
    private mutating func set(_ entry: TOMLScanner.Entry) {
        guard entry.table.isEmpty || entry.table == "taxonomies" else { return }
        switch entry.key.lowercased() {
        case "title": title = entry.scalar.flatMap(Self.oneLine)
        case "tags", "tag": tags += entry.words.compactMap(Self.tag)
        case "aliases", "alias": aliases += entry.strings.compactMap(Self.oneLine)
        case "date": date = entry.scalar.flatMap(calendarDay)
        case "local_only", "local-only": isLocalOnly = entry.scalar.map(Self.saysYes) ?? true
        default: break
        }
    }
}

extension TOMLScanner.Entry {
    /// The values of an array, or the words of a string with commas or spaces between them.
    fileprivate var words: [String] {
        isArray ? strings : strings.flatMap(FrontMatter.words)
    }

    fileprivate var scalar: String? { isArray ? nil : strings.first }
}

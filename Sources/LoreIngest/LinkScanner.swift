/// What a link says it leads to.
enum LinkTarget: Hashable {
    /// Between double brackets, without heading and label.
    case name(String)
    /// Of a Markdown link or a definition, as it is written.
    case destination(String)
}

/// Finds the links in a text, line by line.
struct LinkScanner {
    /// The mark that ends the fenced code the scanner is in.
    private var fence: String?

    /// The targets of the links in the next line.
    mutating func targets(in line: Substring) -> [LinkTarget] {
        let content = line.drop { $0 == " " || $0 == "\t" }
        if let fence {
            if content.hasPrefix(fence) { self.fence = nil }
            return []
        }
        if let mark = ["```", "~~~"].first(where: content.hasPrefix) {
            fence = mark
            return []
        }
        return definition(content).map { [$0] } ?? links(in: content)
    }

    /// The destination of `[label]: destination`.
    private func definition(_ line: Substring) -> LinkTarget? {
        guard line.hasPrefix("["), !line.hasPrefix("[^"), let end = line.firstRange(of: "]:"),
            !line[..<end.lowerBound].dropFirst().contains(where: { $0 == "[" || $0 == "]" })
        else { return nil }
        return Self.destination(line[end.upperBound...].drop { $0 == " " })
    }

    private func links(in line: Substring) -> [LinkTarget] {
        var targets: [LinkTarget] = []
        var rest = line
        while let next = rest.firstIndex(where: { $0 == "`" || $0 == "[" || $0 == "]" }) {
            rest = rest[next...]
            if rest.first == "`" {
                rest = Self.afterCode(rest)
            } else if rest.hasPrefix("[["), let end = rest.firstRange(of: "]]") {
                if let name = Self.name(rest[..<end.lowerBound].dropFirst(2)) {
                    targets.append(name)
                }
                rest = rest[end.upperBound...]
            } else if rest.hasPrefix("](") {
                rest = rest.dropFirst(2)
                if let target = Self.destination(rest) { targets.append(target) }
            } else {
                rest = rest.dropFirst()
            }
        }
        return targets
    }

    /// What follows a span of code, or its marks where nothing closes it.
    private static func afterCode(_ text: Substring) -> Substring {
        let mark = text.prefix { $0 == "`" }
        let rest = text[mark.endIndex...]
        return rest.firstRange(of: mark).map { rest[$0.upperBound...] } ?? rest
    }

    private static func name(_ text: Substring) -> LinkTarget? {
        // Org has its label behind `][`; in a table `|` is written `\|`.
        let org = text.firstRange(of: "][").map { text[..<$0.lowerBound] } ?? text
        if org.hasPrefix("file:") { return destination(org.dropFirst(5).prefix { $0 != ":" }) }
        let end = org.firstIndex { $0 == "|" || $0 == "#" || $0 == "\\" } ?? org.endIndex
        let name = org[..<end].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        return name.isEmpty ? nil : .name(String(name))
    }

    private static func destination(_ text: Substring) -> LinkTarget? {
        if text.hasPrefix("<") {
            let inner = text.dropFirst().prefix { $0 != ">" }
            return inner.isEmpty ? nil : .destination(String(inner))
        }
        var depth = 0
        let end = text.firstIndex { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return depth < 0 || character == " " || character == "\t"
        }
        let destination = text[..<(end ?? text.endIndex)]
        return destination.isEmpty ? nil : .destination(String(destination))
    }
}

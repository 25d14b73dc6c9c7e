/// A line of source code that starts a definition.
struct SourceDefinition {
    /// What a reader would call it: `class Foo`, `bar()`.
    let name: String
    /// Whether definitions inside it count.
    let isContainer: Bool
    /// Of markup whose definitions say their level themselves.
    var level: Int?

    /// Bytes of a line that are looked at.
    private static let maxBytes = 300

    /// Reads `line`; nil where it starts no definition.
    ///
    /// With `isMember` the line stands right inside a definition that holds others.
    init?(_ text: TextBytes, _ line: TextLine, _ language: SourceLanguage, isMember: Bool) {
        let code = line.first..<min(line.end, line.first + Self.maxBytes)
        let found: SourceDefinition? =
            switch language.family {
            case .words: Self.byWords(text, code, language, isMember: isMember)
            case .sections where !line.isIndented: Self.section(text, code)
            case .keys where !line.isIndented: Self.key(text, code)
            case .lists where !line.isIndented: Self.list(text, code)
            case .markup: Self.markup(text, code)
            default: nil
            }
        guard let found else { return nil }
        self = found
    }

    init(_ name: String, isContainer: Bool = false, level: Int? = nil) {
        self.name = truncatedLabel(name)
        self.isContainer = isContainer
        self.level = level
    }

    private static func byWords(
        _ text: TextBytes, _ code: Range<Int>, _ language: SourceLanguage, isMember: Bool
    ) -> SourceDefinition? {
        var offset = code.lowerBound
        while let word = word(text, offset..<code.upperBound) {
            if text[word.lowerBound] == UInt8(ascii: "@"),
                !language.containers.contains(text.string(in: word))
            {
                offset = endOfModifier(text, word, code)
                continue
            }
            let name = text.string(in: word)
            let key = language.endsWithSemicolon ? name.lowercased() : name
            let isFollowed = word.upperBound == code.upperBound || !isCall(text, word, code)
            if language.containers.contains(key), isFollowed {
                return container(text, word.lowerBound..<code.upperBound)
            }
            if language.functions.contains(key), isFollowed || isMember {
                return function(text, word, code, language)
            }
            guard language.modifiers.contains(key) else { break }
            offset = endOfModifier(text, word, code)
        }
        if let found = assigned(text, offset..<code.upperBound) { return found }
        return language.hasBareFunctions ? bare(text, code, isMember: isMember) : nil
    }

    /// The next word: letters of a name, and `@` or `#` before or `!` after them.
    private static func word(_ text: TextBytes, _ code: Range<Int>) -> Range<Int>? {
        let start = text.firstNonBlank(in: code)
        guard start < code.upperBound else { return nil }
        let first = text[start] == 0x40 ? start + 1 : start
        var end = text.endOfRun(from: first, before: code.upperBound, where: \.isNamePart)
        guard end > first else { return nil }
        if end < code.upperBound, text[end] == UInt8(ascii: "!") { end += 1 }
        return start..<end
    }

    private static func isCall(_ text: TextBytes, _ word: Range<Int>, _ code: Range<Int>) -> Bool {
        "(.=,;:)".utf8.contains(text[word.upperBound])
    }

    /// After a word such as `pub(crate)` or `extern "C"`.
    private static func endOfModifier(
        _ text: TextBytes, _ word: Range<Int>, _ code: Range<Int>
    ) -> Int {
        var end = word.upperBound
        if end < code.upperBound, text[end] == UInt8(ascii: "(") {
            end = text.endOfRun(from: end, before: code.upperBound) { $0 != UInt8(ascii: ")") } + 1
        }
        end = min(end, code.upperBound)
        let next = text.firstNonBlank(in: end..<code.upperBound)
        if next < code.upperBound, text[next] == UInt8(ascii: "\"") {
            let close = text.endOfRun(from: next + 1, before: code.upperBound) { $0 != 0x22 }
            return min(close + 1, code.upperBound)
        }
        return end
    }
}

extension SourceDefinition {
    /// `class Foo: Bar` up to what opens its body.
    private static func container(_ text: TextBytes, _ code: Range<Int>) -> SourceDefinition? {
        let end = text.endOfRun(from: code.lowerBound, before: code.upperBound) {
            !"{(;=".utf8.contains($0)
        }
        var words = text.string(in: code.lowerBound..<end).split(whereSeparator: \.isWhitespace)
        if let last = words.last, last == ":" || last == "do" { words.removeLast() }
        var name = words.joined(separator: " ")
        if name.last == ":" { name.removeLast() }
        guard words.count > 1 else { return nil }
        return SourceDefinition(name, isContainer: true)
    }

    /// A function by the word after its keyword, which for `init` is the keyword itself.
    private static func function(
        _ text: TextBytes, _ keyword: Range<Int>, _ code: Range<Int>, _ language: SourceLanguage
    ) -> SourceDefinition? {
        var start = text.firstNonBlank(in: keyword.upperBound..<code.upperBound)
        if start == keyword.upperBound, start < code.upperBound {
            return SourceDefinition(text.string(in: keyword) + "()")
        }
        if language.endsWithSemicolon {
            let skipped: Set = ["if", "not", "exists"]
            while let word = word(text, start..<code.upperBound),
                skipped.contains(text.string(in: word).lowercased())
            {
                start = text.firstNonBlank(in: word.upperBound..<code.upperBound)
            }
            let end = endOfName(text, start..<code.upperBound)
            guard end > start else { return nil }
            return SourceDefinition(
                text.string(in: keyword).lowercased() + " " + text.string(in: start..<end))
        }
        // The receiver of a method in Go.
        var receiver = ""
        if start < code.upperBound, text[start] == UInt8(ascii: "(") {
            let close = text.endOfRun(from: start, before: code.upperBound) { $0 != 0x29 }
            receiver =
                text.string(in: (start + 1)..<close).split { " *[".contains($0) }
                .dropFirst().first.map { $0 + "." } ?? ""
            start = text.firstNonBlank(in: min(close + 1, code.upperBound)..<code.upperBound)
        }
        let end = endOfName(text, start..<code.upperBound)
        guard end > start else { return nil }
        return SourceDefinition(receiver + text.string(in: start..<end) + "()")
    }

    /// After a name, one between backticks, or the signs of an operator.
    private static func endOfName(_ text: TextBytes, _ code: Range<Int>) -> Int {
        let start = code.lowerBound
        if start < code.upperBound, text[start] == UInt8(ascii: "`") {
            let close = text.endOfRun(from: start + 1, before: code.upperBound) { $0 != 0x60 }
            return min(close + 1, code.upperBound)
        }
        var end = text.endOfRun(from: start, before: code.upperBound) {
            $0.isNamePart || ".:$-?!~".utf8.contains($0)
        }
        if end == start {
            end = text.endOfRun(from: start, before: code.upperBound) {
                "=+*/<>%&|^[]\"".utf8.contains($0)
            }
        }
        while end > start, text[end - 1] == UInt8(ascii: ":") { end -= 1 }
        return end
    }

    /// `const name = (…) =>` or `name = function`.
    private static func assigned(_ text: TextBytes, _ code: Range<Int>) -> SourceDefinition? {
        let line = text.string(in: code)
        guard line.contains("=>") || line.contains("function") else { return nil }
        let words = line.split(separator: "=", maxSplits: 1)
        guard words.count == 2, !words[0].contains("(") else { return nil }
        let names = words[0].split { $0.isWhitespace || $0 == ":" }
        guard let name = names.first(where: { !["const", "let", "var"].contains($0) }),
            names.count <= 3, name.utf8.allSatisfy({ $0.isNamePart || $0 == 0x24 || $0 == 0x2E })
        else { return nil }
        let value = words[1].drop(while: \.isWhitespace)
        guard
            ["(", "async", "function", "<"].contains(where: value.hasPrefix) || value.contains("=>")
        else { return nil }
        return SourceDefinition(name + "()")
    }

    /// `type name(…) {` at the top, `name(…) {` inside a type.
    private static func bare(
        _ text: TextBytes, _ code: Range<Int>, isMember: Bool
    ) -> SourceDefinition? {
        let open = text.endOfRun(from: code.lowerBound, before: code.upperBound) {
            $0 != UInt8(ascii: "(")
        }
        guard open < code.upperBound, open > code.lowerBound,
            "{,()".utf8.contains(text[code.upperBound - 1]),
            text[code.lowerBound..<open].allSatisfy({
                $0.isNamePart || "*& <>:,[]~.?$-".utf8.contains($0)
            })
        else { return nil }
        let words = text.string(in: code.lowerBound..<open).split { " *&".contains($0) }
        guard let name = words.last, let first = words.first,
            !control.contains(String(first)), !control.contains(String(name))
        else { return nil }
        let isShell =
            text.has("()", at: open, before: code.upperBound)
            && text[code.upperBound - 1] == UInt8(ascii: "{")
        guard words.count > 1 || isMember || isShell else { return nil }
        return SourceDefinition(name + "()")
    }

    private static let control: Set<String> = [
        "if", "for", "while", "switch", "return", "catch", "else", "do", "try", "guard", "new",
        "await", "throw", "throws", "case", "elif", "until", "using", "lock", "foreach", "repeat",
        "defer", "match", "assert", "delete", "sizeof", "typeof", "in", "with", "and", "or", "not",
    ]
}

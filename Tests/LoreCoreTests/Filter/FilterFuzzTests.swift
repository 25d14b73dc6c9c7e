import LoreCore
import TestSupport
import Testing

@Suite struct FilterFuzzTests {
    private static let parts = [
        "tag:", "path:", "folder:", "file:", "type:", "ext:", "title:", "alias:", "after:", "on:",
        "date:", "before:", "tga:", "#", "work", "*", "**", "**/", "?", "/", "\"", "\\", "(", ")",
        "-", "OR", " OR ", "AND", "NOT ", " ", " ", "\t", "\u{A0}", "\u{3000}", ":", "..",
        "2026", "-01", "-15", "today", "-7d", "+1y", "99999999", "é", "e\u{301}", "日本", "🙂",
        "👩‍👩‍👧", "\u{1B}", "\n", "\r\n", "\u{0}", "a", "B", "İ", "ß", ".", "'", ";",
    ]

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `any text is a filter or a mistake inside of it`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...14, using: &random)
            let text = (0..<count).map { _ in Self.parts.randomElement(using: &random) ?? "" }
                .joined()
            do {
                // Whatever it means, it means it without a crash.
                _ = try FilteredNote(path: "a/日本/é.md").passes(text)
            } catch let error as FilterError {
                #expect(
                    error.place.upperBound <= text.utf8.count,
                    "\(text.debugDescription), seed \(seed)")
                #expect(!error.description.isEmpty)
            }
        }
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `random bytes are a filter or a mistake`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0...40, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            let text = String(decoding: bytes, as: UTF8.self)
            do {
                _ = try FilteredNote().passes("title:" + text)
            } catch let error as FilterError {
                #expect(!error.description.isEmpty, "\(text.debugDescription), seed \(seed)")
            }
        }
    }

    /// Whether `pattern` matches, by trying all ways; `before` is what stands before it.
    private func reference(
        _ pattern: [Character], _ text: [Character], after before: Character = "/"
    ) -> Bool {
        guard let first = pattern.first else { return text.isEmpty || text.first == "/" }
        let rest = Array(pattern.dropFirst())
        switch first {
        case "*" where rest.first == "*":
            let tail = Array(rest.drop { $0 == "*" })
            if tail.first == "/", before == "/" {
                let inner = Array(tail.dropFirst())
                return reference(inner, text)
                    || text.indices.contains {
                        text[$0] == "/" && reference(inner, Array(text[($0 + 1)...]))
                    }
            }
            return (0...text.count).contains { reference(tail, Array(text[$0...]), after: "*") }
        case "*":
            let end = text.firstIndex(of: "/") ?? text.count
            return (0...end).contains { reference(rest, Array(text[$0...]), after: "*") }
        case "?":
            return text.first.map { $0 != "/" } == true
                && reference(rest, Array(text.dropFirst()), after: "?")
        default:
            return text.first == first && reference(rest, Array(text.dropFirst()), after: first)
        }
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `patterns match what a plain search of all ways matches`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var matched = 0
        for _ in 0..<1_500 {
            let pattern =
                (["a", "", "*", "**/"].randomElement(using: &random) ?? "")
                + (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    ["a", "b", "*", "?", "/", "**", "**/"].randomElement(using: &random) ?? ""
                }.joined()
            // A tag's pattern holds for the tag and for what is nested in it.
            let tag =
                "a"
                + (0..<Int.random(in: 0...7, using: &random)).map { _ in
                    ["a", "b", "/"].randomElement(using: &random) ?? ""
                }.joined()
            guard !pattern.hasSuffix("/"), !pattern.hasPrefix("/"), !tag.hasSuffix("/") else {
                continue
            }
            let expected = reference(Array(pattern), Array(tag))
            let found = try FilteredNote(tags: [tag]).passes("tag:\(pattern)")
            #expect(found == expected, "\(pattern) on \(tag), seed \(seed)")
            if expected { matched += 1 }
        }
        #expect(matched > 50, "seed \(seed)")
    }
}

import LoreCore
import LoreIngest
import Testing

/// Counts words between white space: counts that can be worked out by eye.
struct WordCounter: TokenCounter {
    var name: String { "words" }

    func countTokens(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        text.split { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }.count
    }
}

@Suite struct ChunkerTests {
    private func note(_ text: String, _ path: String = "n.md") throws -> ReadDocument {
        try DocumentReader(maxFileBytes: 100_000_000).document(
            path: path, format: path.hasSuffix(".md") ? .markdown : .plainText,
            bytes: Array(text.utf8))
    }

    private func chunks(_ text: String, max: Int, _ path: String = "n.md") throws -> [Chunk] {
        try Chunker(counter: WordCounter(), maxTokens: max).chunks(of: note(text, path))
    }

    /// `count` words, each with the same first letter.
    private func words(_ count: Int, _ letter: String = "w") -> String {
        (1...count).map { "\(letter)\($0)" }.joined(separator: " ")
    }

    @Test func `whole blocks are packed while they fit`() throws {
        let text = [words(4, "a"), words(4, "b"), words(4, "c")].joined(separator: "\n\n")
        // The title "n" takes one of ten.
        let chunks = try chunks(text, max: 10)
        #expect(chunks.map(\.text) == ["a1 a2 a3 a4\n\nb1 b2 b3 b4", "c1 c2 c3 c4"])
        #expect(chunks.map(\.range.lines) == [1...3, 5...5])
        #expect(chunks.map(\.range.bytes) == [0..<24, 26..<37])
        #expect(chunks.map(\.heading) == [[], []])
    }

    @Test func `a section starts a new chunk and carries its heading path`() throws {
        let body = { words(9, $0) }
        let text =
            "# T\n\n\(body("a"))\n\n## A\n\n\(body("b"))\n\n### B\n\n\(body("c"))\n\n## C\n\n\(body("d"))\n"
        let chunks = try chunks(text, max: 24)
        #expect(chunks.map(\.heading) == [["T"], ["T", "A"], ["T", "A", "B"], ["T", "C"]])
        #expect(chunks.map { $0.text.prefix(4) } == ["# T\n", "## A", "### ", "## C"])
    }

    @Test func `small sections under one parent share a chunk and their common path`() throws {
        let text = "# T\n\n## A\n\none two\n\n## B\n\nthree four\n\n# U\n\n" + words(20)
        let chunks = try chunks(text, max: 40)
        #expect(chunks.map(\.heading) == [["T"], ["U"]])
        #expect(chunks.first?.text == "# T\n\n## A\n\none two\n\n## B\n\nthree four")
    }

    @Test func `small sections of different parents stay apart`() throws {
        let text = "# T\n\n## A\n\none\n\n### B\n\ntwo\n\n# U\n\nthree"
        #expect(try chunks(text, max: 40).map(\.heading) == [["T", "A"], ["U"]])
    }

    @Test
    func `a heading without text goes with the section after it, at the end with the one before`()
        throws
    {
        let text = "# T\n\n## A\n\n\(words(9))\n\n## B\n"
        let chunks = try chunks(text, max: 20)
        #expect(chunks.map(\.heading) == [["T", "A"]])
        #expect(chunks.first?.text == text.dropLast().description)
    }

    @Test func `a heading is never left at the end of a chunk`() throws {
        // Ten tokens for title and path leave the heading and eighteen words no room together.
        let text = "# H\n\n" + (1...18).map { "s\($0)." }.joined(separator: " ")
        let chunks = try chunks(text, max: 20)
        #expect(chunks.count == 2)
        #expect(chunks.first?.text.hasPrefix("# H\n\ns1.") == true)
    }

    @Test func `a long list is cut between its items`() throws {
        let text = (1...4).map { "- i\($0) x x\n  - sub x" }.joined(separator: "\n")
        #expect(
            try chunks(text, max: 16).map(\.text) == [
                "- i1 x x\n  - sub x\n- i2 x x\n  - sub x",
                "- i3 x x\n  - sub x\n- i4 x x\n  - sub x",
            ])
    }

    @Test func `a long table is cut between its rows, and each part carries the head`() throws {
        let text = "|a|b|\n|-|-|\n" + (1...6).map { "|r\($0) x|y|" }.joined(separator: "\n")
        let chunks = try chunks(text, max: 8)
        #expect(
            chunks.map(\.text) == [
                "|a|b|\n|-|-|\n|r1 x|y|\n|r2 x|y|", "|r3 x|y|\n|r4 x|y|", "|r5 x|y|\n|r6 x|y|",
            ])
        // The first holds the head itself.
        #expect(chunks.map(\.lead) == ["", "|a|b|", "|a|b|"])
        let embedded = "n\n\n|a|b|\n|r5 x|y|\n|r6 x|y|"
        #expect(chunks.last?.embeddedTextHash == DocumentReader.hash(of: Array(embedded.utf8)))
    }

    @Test func `long code is cut at blank lines`() throws {
        let text = "```\na a a\na\n\nb b\nb b\n\nc c\n```"
        #expect(
            try chunks(text, max: 10).map(\.text) == ["```\na a a\na", "b b\nb b\n\nc c\n```"])
    }

    @Test func `long prose is cut between sentences, a long sentence between words`() throws {
        let text = "One two three, e.g. four five. Six seven eight! Nine ten 3.5 eleven?\n"
        #expect(
            try chunks(text, max: 8).map(\.text) == [
                "One two three, e.g. four five.", "Six seven eight! Nine ten 3.5 eleven?",
            ])
        let long = try chunks(words(20), max: 8)
        #expect(long.map(\.text).joined(separator: " ") == words(20))
        #expect(long.allSatisfy { $0.text.split(separator: " ").count <= 7 })
    }

    @Test func `unspaced text is cut at its full stops, else between characters`() throws {
        let counter = EstimatedTokenCounter()
        let chunker = Chunker(counter: counter, maxTokens: 20)
        let stops = chunker.chunks(of: try note("一二三四五六七八九十。「一二三四五六七。」八九十。"))
        #expect(stops.map(\.text) == ["一二三四五六七八九十。", "「一二三四五六七。」八九十。"])

        let family = "👩‍👩‍👧‍👦"
        let families = chunker.chunks(of: try note(String(repeating: family, count: 40)))
        #expect(families.count > 1)
        #expect(families.allSatisfy { chunk in chunk.text.allSatisfy { String($0) == family } })
    }

    @Test func `an id depends on text, headings and occurrence, not on place or title`() throws {
        let section = "## S\n\n\(words(12))\n\n"
        let one = try chunks(section + section, max: 20)
        #expect(one.count == 2)
        #expect(one[0].id != one[1].id)
        #expect(one[0].embeddedTextHash == one[1].embeddedTextHash)
        let moved = try chunks("\(words(13, "x"))\n\n" + section, max: 20, "other.md")
        #expect(moved[1].id == one[0].id)
        #expect(moved[1].embeddedTextHash != one[0].embeddedTextHash)
        // sha256(sha256(0xFF × 8, "tea"), 0 as 8 bytes), and with (1 as 8 bytes, "A") in front.
        #expect(try chunks("tea", max: 10).map(\.id.description) == ["7658b463746dd596"])
        #expect(try chunks("# A\n\ntea", max: 10).map(\.id.description) == ["dd6ce887357a2261"])
    }

    @Test func `the hash of what is embedded is that of title, path and text`() throws {
        let chunk = try #require(try chunks("## B\n\ntea", max: 10).first)
        let embedded = "n > B\n\n## B\n\ntea"
        #expect(chunk.embeddedTextHash == DocumentReader.hash(of: Array(embedded.utf8)))
    }

    @Test func `a head that would take more than a quarter of a chunk is not repeated`() throws {
        let text = "|a a a|b|\n|-|-|\n" + (1...6).map { "|r\($0) x|y|" }.joined(separator: "\n")
        #expect(try chunks(text, max: 8).allSatisfy { $0.lead.isEmpty })
    }

    @Test func `the date of the note is embedded and counted`() throws {
        let chunks = try chunks("---\ndate: 2026-11-25\n---\n\(words(12))\n", max: 8)
        // Title, ">" and day take three of eight.
        #expect(chunks.map(\.text) == ["w1 w2 w3 w4 w5", "w6 w7 w8 w9 w10", "w11 w12"])
        let embedded = "n > 2026-11-25\n\nw11 w12"
        #expect(chunks.last?.embeddedTextHash == DocumentReader.hash(of: Array(embedded.utf8)))
    }

    @Test func `a path that alone fills a chunk still leaves text a quarter`() throws {
        let label = words(30, "h")
        let text =
            "---\ntitle: \(words(100, "t"))\n---\n# \(label)\n\n## \(label)\n\n\(words(50))\n"
        let chunks = try chunks(text, max: 40)
        #expect(!chunks.isEmpty)
        #expect(chunks.allSatisfy { $0.text.split(whereSeparator: \.isWhitespace).count <= 10 })
    }

    @Test func `the fingerprint names version, limit and counter`() {
        let chunker = Chunker(counter: WordCounter(), maxTokens: 42)
        #expect(chunker.fingerprint.description == "v2/42/words")
    }

    @Test func `front matter is in no chunk`() throws {
        #expect(try chunks("---\ntags: [x]\n---\n\nbody\n", max: 10).map(\.text) == ["body"])
    }

    @Test func `a note without text has no chunks`() throws {
        #expect(try chunks("", max: 10).isEmpty)
        #expect(try chunks("---\ntitle: x\n---\n\n", max: 10).isEmpty)
    }
}

import LoreCore
import LoreIngest
import Testing

@Suite struct MarkdownReaderTests {
    private func blocks(_ text: String) throws -> [Block] {
        try DocumentReader(maxFileBytes: 1_000_000)
            .document(path: "n.md", format: .markdown, bytes: Array(text.utf8)).blocks
    }

    private func texts(_ text: String) throws -> [String] {
        let bytes = Array(text.utf8)
        return try blocks(text).map { String(decoding: bytes[$0.range.bytes], as: UTF8.self) }
    }

    @Test func `each kind of block is found with its bytes and lines`() throws {
        let text = """
            intro
            goes on

            # One

            - a
              more
            - b

            1. x

            > quote
            lazy

            ```swift
            # code

            let x = 1
            ```
            | h | i |
            |---|---|
            | 1 | 2 |

            <div>
            x
            </div>

            ***

                indented

            """
        let found = try blocks(text)
        #expect(
            found.map(\.kind) == [
                .paragraph, .heading(level: 1, text: "One"), .list, .list, .quote, .code, .table,
                .html, .rule, .code,
            ])
        #expect(
            found.map(\.range.lines) == [
                1...2, 4...4, 6...8, 10...10, 12...13, 15...19, 20...22, 24...26, 28...28, 30...30,
            ])
        #expect(
            try texts(text) == [
                "intro\ngoes on", "# One", "- a\n  more\n- b", "1. x", "> quote\nlazy",
                "```swift\n# code\n\nlet x = 1\n```", "| h | i |\n|---|---|\n| 1 | 2 |",
                "<div>\nx\n</div>", "***", "    indented",
            ])
    }

    @Test func `a list knows where its items start`() throws {
        let list = try #require(try blocks("- a\n  - inner\n- b\n\n- c\n").first)
        #expect(list.itemStarts == [14, 19])
    }

    @Test(arguments: [
        ("## Plain", 2, "Plain"), ("# A *b* **c** `d` ~~e~~ #", 1, "A b c d e"),
        ("### [link](u) ![alt](i)", 3, "link alt"), ("Set\next\n===", 1, "Set ext"),
        ("two\n---", 2, "two"), ("# a &amp; b", 1, "a & b"), ("#", 1, ""),
        ("# [[Note|alias]]", 1, "[[Note|alias]]"), ("# x <b>y</b>", 1, "x y"),
    ])
    func `a heading has its level and its words without markup`(
        text: String, level: Int, words: String
    ) throws {
        #expect(try blocks(text).map(\.kind) == [.heading(level: level, text: words)])
    }

    @Test func `a table may follow a line of text, and a bar alone makes none`() throws {
        let table = "lead\na | b\n--|--\n1 | 2"
        #expect(try blocks(table).map(\.kind) == [.paragraph, .table])
        #expect(try texts(table) == ["lead", "a | b\n--|--\n1 | 2"])
        #expect(try blocks("a | b\nc | d").map(\.kind) == [.paragraph])
    }

    @Test func `what the notes of Obsidian hold passes through unharmed`() throws {
        let text =
            "> [!note]- Title\n> body\n\n![[embed.png|100]] and [[Note#Part|n]] %%hidden%% ==m== ^id\n"
        #expect(
            try texts(text) == [
                "> [!note]- Title\n> body",
                "![[embed.png|100]] and [[Note#Part|n]] %%hidden%% ==m== ^id",
            ])
    }

    @Test func `a callout stays one block, whatever stands in it`() throws {
        let callout = """
            > [!tip]+ Steep *well*
            > - one
            >
            > > [!note] nested
            > ```sh
            > boil
            > ```
            > | a | b |
            > |---|---|
            """
        let text = "before\n\n\(callout)\n\nafter\n"
        #expect(try blocks(text).map(\.kind) == [.paragraph, .quote, .paragraph])
        #expect(try texts(text) == ["before", callout, "after"])
    }

    @Test func `embeds, ids of blocks and comments keep their bytes`() throws {
        let text =
            "![[Note#^part]]\n\n- item ^id-1\n\n%%\na comment\n\nof blocks\n%%\n\n[[a|b]] #tag\n"
        #expect(
            try texts(text) == [
                "![[Note#^part]]", "- item ^id-1", "%%\na comment", "of blocks\n%%", "[[a|b]] #tag",
            ])
    }

    @Test func `link definitions are text of the note too`() throws {
        let text = "[a]: http://x\n\ntext [a]\n\n[b]: http://y\n[c]: http://z\n\n# H\n[d]: u\n"
        #expect(
            try texts(text) == [
                "[a]: http://x", "text [a]", "[b]: http://y\n[c]: http://z", "# H", "[d]: u",
            ])
    }

    @Test func `a hash in code is no heading, nor is one in a list or quote`() throws {
        let text = "```\n# a\n```\n\n- # b\n\n> # c\n\n    # d\n"
        #expect(try blocks(text).allSatisfy { if case .heading = $0.kind { false } else { true } })
    }

    @Test func `a lone carriage return ends no line`() throws {
        let found = try blocks("a\rb\n\n# H\n")
        #expect(found.map(\.range.lines) == [1...1, 3...3])
    }

    @Test func `blocks longer than a window stay whole in kind`() throws {
        let code = "~~~\n" + String(repeating: "# not a heading\n\n", count: 20_000) + "~~~\n"
        let rows = "|a|b|\n|-|-|\n" + String(repeating: "| cell | cell |\n", count: 20_000)
        let list = String(repeating: "- item\n  more\n", count: 20_000)
        let found = try blocks(
            "# A\n\n" + code + "\n# B\n\n" + rows + "\n# C\n\n" + list + "\n# D\n")
        let headings = found.compactMap { block -> String? in
            if case .heading(_, let text) = block.kind { text } else { nil }
        }
        #expect(headings == ["A", "B", "C", "D"])
        #expect(Set(found.map(\.kind)).subtracting([.code, .table, .list]).count == 4)
        let items = found.reduce(0) { $0 + $1.itemStarts.count + ($1.kind == .list ? 1 : 0) }
        #expect(items == 20_000)
    }
}

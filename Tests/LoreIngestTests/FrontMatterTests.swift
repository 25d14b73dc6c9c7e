import LoreCore
import LoreIngest
import Testing

@Suite struct FrontMatterTests {
    private func read(_ text: String) throws -> ReadDocument {
        try DocumentReader(maxFileBytes: 1_000_000)
            .document(path: "n.md", format: .markdown, bytes: Array(text.utf8))
    }

    private func read(yaml: String) throws -> ReadDocument {
        try read("---\n" + yaml + "\n---\nbody\n")
    }

    @Test(arguments: [
        ("tags: [a, b]", ["a", "b"]), ("tags:\n  - a\n  - \"#b/c\"\n  - a", ["a", "b/c"]),
        ("tags: a, b", ["a", "b"]), ("tags: a b", ["a", "b"]), ("tags: \"#a #b\"", ["a", "b"]),
        ("tags: solo", ["solo"]), ("tag: x", ["x"]), ("Tags: [A]", ["A"]), ("tags:", []),
        ("tags: []", []), ("tags: [[a, b], c]", ["a", "b", "c"]),
        ("tags: [1, true, ~]", ["1", "true"]),
        ("tags: {a: 1}", []), ("tags: [two words]", ["two words"]), ("other: 1", []),
    ])
    func `tags are a list or words, without their hash`(yaml: String, tags: [String]) throws {
        let note = try read(yaml: yaml)
        #expect(note.document.tags == tags)
        #expect(note.blocks.count == 1)
    }

    @Test(arguments: [
        ("local_only: true", true), ("local-only: yes", true), ("Local_Only: \"TRUE\"", true),
        ("local_only: of course", true), ("local_only: [x]", true), ("local_only: false", false),
        ("local_only: no", false), ("local_only: ~", false), ("local_only:", false),
        ("title: local_only", false),
    ])
    func `a note is local-only unless its mark is a plain no`(yaml: String, isSet: Bool) throws {
        #expect(try read(yaml: yaml).document.isLocalOnly == isSet)
    }

    @Test func `a note whose front matter cannot be read is local-only`() throws {
        #expect(try read(yaml: "tags: [private").document.isLocalOnly)
        #expect(try read("+++\nlocal_only = true\n+++\nbody\n").document.isLocalOnly)
    }

    @Test(
        arguments: [
            ("2026-11-25", "2026-11-25"), ("2026-1-5", "2026-01-05"), ("2026/11/25", "2026-11-25"),
            ("20261125", "2026-11-25"), ("2026-11-25T23:30:00+02:00", "2026-11-25"),
            ("\"2026-11-25 10:00\"", "2026-11-25"), ("2024-02-29", "2024-02-29"),
            ("2026-02-29", nil), ("2026-13-01", nil), ("yesterday", nil), ("2026", nil),
            ("[1]", nil),
            ("2026-11", nil), ("25.11.2026", nil), ("2026-11-255", nil),
        ] as [(String, String?)])
    func `a date is a day of the calendar as written`(yaml: String, date: String?) throws {
        #expect(try read(yaml: "date: " + yaml).document.date == date)
    }

    @Test func `aliases are kept as they are written`() throws {
        #expect(
            try read(yaml: "aliases: [\"Tea, green\", Sencha]").document.aliases
                == ["Tea, green", "Sencha"])
        #expect(try read(yaml: "aliases: Green tea").document.aliases == ["Green tea"])
    }

    @Test func `the title is one line and no longer than a label`() throws {
        #expect(try read(yaml: "title: |\n  a\n  b").document.title == "a b")
        #expect(try read(yaml: "title: 2026").document.title == "2026")
        let long = try read(yaml: "title: " + String(repeating: "é", count: 10_000)).document.title
        #expect(long == String(repeating: "é", count: 120) + "…")
    }

    @Test func `the body starts after the closing fence`() throws {
        let note = try read("---\ntitle: T\n---\n\n# H\n")
        #expect(note.blocks.map(\.range.bytes) == [18..<21])
        #expect(note.blocks.map(\.range.lines) == [5...5])
        #expect(try read("---\ntitle: T\n...\nx\n").document.title == "T")
        #expect(try read("--- \r\ntitle: T\r\n---\r\nx\r\n").document.title == "T")
        #expect(try read("---\n---\nx\n").blocks.map(\.range.lines) == [3...3])
        #expect(try read("---\ntitle: T\n---").blocks.isEmpty)
    }

    @Test(arguments: [
        "title: [unclosed", "a: b: c", "\tx: 1", "title: {{date}}: x", "x: *nothing",
        "x: " + String(repeating: "[", count: 30_000), String(repeating: "- ", count: 30_000),
        String(repeating: "? ", count: 30_000), "a: 1\na: 2",
    ])
    func `malformed front matter counts as text, is told, and loses nothing`(yaml: String) throws {
        let note = try read(yaml: yaml)
        #expect(note.notice == "its front matter is not valid YAML and was indexed as text")
        #expect(note.document.title == "n")
        #expect(note.blocks.map(\.kind) == [.paragraph, .paragraph])
        #expect(note.blocks.first?.range.bytes.lowerBound == 0)
    }

    @Test(arguments: [
        "---\nA sentence.\n---\n", "---\nno end\n", "----\na: 1\n---\n", "\n---\na: 1\n---\n",
    ])
    func `what only looks like front matter is body`(text: String) throws {
        let note = try read(text)
        #expect(note.notice == nil)
        #expect(!note.blocks.isEmpty)
        #expect(note.blocks.first?.range.lines.lowerBound == (text.first == "\n" ? 2 : 1))
    }

    @Test func `anchors may be named a few times, but not multiply`() throws {
        #expect(try read(yaml: "a: &a [x, y]\ntags: *a").document.tags == ["x", "y"])
        var yaml = "a0: &a0 [x, x]\n"
        for level in 1...60 {
            yaml += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n"
        }
        #expect(try read(yaml: yaml + "*a60 : 1").notice != nil)
    }

    private func read(toml: String) throws -> ReadDocument {
        try read("+++\n" + toml + "\n+++\nbody\n")
    }

    @Test func `front matter may be TOML`() throws {
        let note = try read(
            toml: """
                title = "Tea \\u00e9 \\"hot\\"" # remark
                date = 2026-11-25T23:30:00+02:00
                tags = [
                    "a", # one
                    'b\\c', \"""
                d\""",
                ]
                aliases = ["Chai"]
                "quoted key".x = {y = [1, -2.5e3], z = true}
                [params]
                tags = ["no"]
                [[list]]
                a = 1
                [[list]]
                a = inf
                [taxonomies]
                tags = ["e", "a"]
                """)
        #expect(note.notice == nil)
        #expect(note.document.title == "Tea é \"hot\"")
        #expect(note.document.date == "2026-11-25")
        #expect(note.document.tags == ["a", "b\\c", "d", "e"])
        #expect(note.document.aliases == ["Chai"])
        #expect(note.outline == ["paragraph: body"])
    }

    @Test(
        arguments: [
            ("date = 2026-11-25", "2026-11-25"), ("date = 2026-11-25 10:00:00", "2026-11-25"),
            ("date = \"2026-11-25\"", "2026-11-25"), ("date = 10:00:00", nil), ("date = [1]", nil),
            ("", nil),
        ] as [(String, String?)])
    func `a date of TOML is a day or the words of one`(toml: String, date: String?) throws {
        let note = try read(toml: toml)
        #expect(note.document.date == date)
        #expect(note.notice == nil)
    }

    @Test(arguments: [
        "title", "title =", "title = x", "title = \"a", "title = \"a\" b", "= 1", "a = 1\na = 2",
        "a = [1", "a = [1 2]", "a = [,]", "a = {x}", "a = {x = 1", "[a\nb = 1", "[a]\n[a]", "[]",
        "a = \"\\q\"", "a = \"\\ud800\"", "a = 'x\n'", "a = 1]", "a: 1", "a = \"\"\"x",
        "a = " + String(repeating: "[", count: 30_000), "a = ]", "a.b. = 1",
    ])
    func `malformed TOML counts as text, is told, and loses nothing`(toml: String) throws {
        let note = try read(toml: toml)
        #expect(note.notice == "its front matter is not valid TOML and was indexed as text")
        #expect(note.document.title == "n")
        #expect(note.blocks.first?.range.bytes.lowerBound == 0)
        #expect(note.blocks.last?.range.lines.upperBound == toml.split(separator: "\n").count + 3)
    }

    @Test(arguments: ["+++\nno end\n", "+++\na = 1\n---\n", "\n+++\na = 1\n+++\n"])
    func `what only looks like TOML front matter is body`(text: String) throws {
        let note = try read(text)
        #expect(note.notice == nil)
        #expect(note.bodyStart == 0)
        #expect(!note.blocks.isEmpty)
    }
}

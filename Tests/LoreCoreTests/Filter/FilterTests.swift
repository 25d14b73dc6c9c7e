import LoreCore
import Testing

@Suite struct FilterTests {
    @Test(arguments: [
        ("tag:idea", true), ("tag:#idea", true), ("#idea", true), ("TAG:IDEA", true),
        ("tag:ide", false), ("tag:work", true), ("tag:work/", true), ("tag:work/q3", true),
        ("tag:work/q3/x", false), ("tag:wor", false), ("tag:q3", false), ("tag:*", true),
        ("tag:wor*", true), ("tag:work/*", true), ("tag:idea/*", false), ("tag:i?ea", true),
        ("tag:\"work/q3\"", true), ("tag:\"wor*\"", false),
    ])
    func `a tag holds for those nested in it, in any case of letters`(
        filter: String, passes: Bool
    ) throws {
        #expect(try FilteredNote().passes(filter) == passes)
    }

    @Test func `a star for a tag finds what is tagged at all`() throws {
        #expect(try FilteredNote(tags: []).passes("-tag:*"))
    }

    @Test(arguments: [
        ("path:meetings/", true), ("path:meet", true), ("path:MEETINGS", true),
        ("path:/meetings", true), ("path:./meetings/", true), ("path:/", true),
        ("path:notes/meetings/", true), ("path:etings", false), ("path:budget", false),
        ("path:\"meetings/2026-01-15 b\"", true), ("path:meetings/2026\"-01-15 \"*", true),
        ("path:*.md", true), ("path:*.txt", false), ("path:/*.md", true),
        ("path:meetings/*.md", true), ("path:*/*.md", true), ("path:*/*/*.txt", false),
        ("path:notes/*/*.md", true), ("path:**/2026*", true), ("path:**/meetings/**", true),
        ("path:meet*", true), ("path:meetings/*/", false), ("path:meet*/", true),
        ("path:\"meet*\"", false), ("path:meetings/????-??-??*", true),
    ])
    func `a path holds by its start or by a pattern`(filter: String, passes: Bool) throws {
        #expect(try FilteredNote().passes(filter) == passes)
    }

    @Test(arguments: [
        ("folder:b", true), ("folder:a", true), ("folder:a/b", true), ("folder:notes", true),
        ("folder:B/", true), ("folder:c.md", false), ("folder:c", false), ("folder:?", true),
        ("folder:x*", false), ("folder:notes/a", true),
    ])
    func `a folder holds for all notes below it at any depth`(
        filter: String, passes: Bool
    ) throws {
        #expect(try FilteredNote(path: "a/b/c.md").passes(filter) == passes)
    }

    @Test(arguments: [
        ("file:budget", true), ("file:meetings", false), ("file:2026-*", true),
        ("file:*.md", true), ("file:*.m", false), ("file:2026-01-15?budget.md", true),
    ])
    func `a file holds by a part of its name or a pattern for all of it`(
        filter: String, passes: Bool
    ) throws {
        #expect(try FilteredNote().passes(filter) == passes)
    }

    @Test(
        arguments: [
            ("a.md", .markdown, "md", true), ("a.markdown", .markdown, "md", true),
            ("a.md", .markdown, "markdown", true), ("a.md", .markdown, ".MD", true),
            ("a.MD", .markdown, "text", false), ("a.txt", .plainText, "text", true),
            ("a.swift", .sourceCode, "swift", true), ("a.swift", .sourceCode, "code", true),
            ("a.py", .sourceCode, "swift", false), ("a.pdf", .pdf, "pdf", true),
            ("a.mbox", .mailbox, "mail", true),
        ] as [(String, DocumentFormat, String, Bool)])
    func `a type is a format or the end of a name`(
        path: String, format: DocumentFormat, type: String, passes: Bool
    ) throws {
        #expect(try FilteredNote(path: path, format: format).passes("type:\(type)") == passes)
    }

    @Test func `an ending is nothing but the end of the name`() throws {
        let note = FilteredNote(path: "x.md/a.markdown")

        #expect(try note.passes("ext:markdown"))
        #expect(try !note.passes("ext:md"))
    }

    @Test(arguments: [
        ("title:\"q3 plan\"", true), ("title:plan", true), ("title:MÜLLER", true),
        ("title:mu\u{308}ller", true), ("title:muller", false), ("title:\"plan q3\"", false),
        ("title:*", false), ("title:q3\" plan\"", true), ("alias:quarter", true),
        ("alias:q3", false), ("title:(x)", false),
    ])
    func `a title holds by any part of it, whatever the case and Unicode form`(
        filter: String, passes: Bool
    ) throws {
        guard filter != "title:(x)" else {
            #expect(throws: FilterError.self) { try Filter(filter) }
            return
        }
        #expect(try FilteredNote().passes(filter) == passes)
    }

    @Test(arguments: [
        // a: true, b: true, x and y: false.
        ("#a #b", true), ("#a #x", false), ("#a OR #x", true), ("#x or #y", false),
        ("#x #y OR #a", true), ("#a OR #x #y", true), ("(#a OR #x) #y", false),
        ("#a AND #b", true), ("#a and -#x", true), ("-#a", false), ("--#a", true),
        ("NOT #x", true), ("not -#x", false), ("-(#x OR #y)", true), ("-(#a #b)", false),
        ("-(#a #x) #b", true), ("(#a)", true), ("((#x) OR (#b))", true), ("(#a)(#b)", true),
        ("  #a\t\n#b  ", true), ("#a\u{A0}#b", true), ("- #x", true), ("#x OR #y OR #b", true),
    ])
    func `terms combine as usual`(filter: String, passes: Bool) throws {
        #expect(try FilteredNote(tags: ["a", "b"]).passes(filter) == passes)
    }

    @Test func `a parenthesis in a value belongs to it where it closes there`() throws {
        let note = FilteredNote(path: "a(1).md")

        #expect(try note.passes("path:a(1).md"))
        #expect(try note.passes("(path:a(1).md)"))
        #expect(try note.passes("(path:\"a(\")"))
    }

    @Test func `quotes and backslashes stand in quotes behind a backslash`() throws {
        let note = FilteredNote(title: #"say "hi" \o/"#)

        #expect(try note.passes(#"title:"\"hi\" \\o/""#))
        #expect(try note.passes(#"title:"\o/""#))
    }
}

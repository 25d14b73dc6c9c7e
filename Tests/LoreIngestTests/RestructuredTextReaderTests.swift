import LoreCore
import LoreIngest
import Testing

@Suite struct RestructuredTextReaderTests {
    @Test func `titles get their levels in the order of their styles`() throws {
        let text = """
            ===
            Tea
            ===

            Water
            =====

            Hot `code`
            ~~~~~~~~~~
            text

            Leaf
            =====
            """
        let read = try note(text, as: .restructuredText)
        #expect(
            read.outline == [
                "h1 Tea: ===\nTea\n===", "h2 Water: Water\n=====",
                "h3 Hot code: Hot `code`\n~~~~~~~~~~", "paragraph: text", "h2 Leaf: Leaf\n=====",
            ])
        #expect(read.document.title == "Tea")
    }

    @Test func `each construct is a block of its kind`() throws {
        let text = """
            Boil it::

                kettle

                on

            Then::

            not indented

            .. code-block:: sh

               boil

            .. note:: hot

            .. a comment
               of two lines

            - one

              more
            - two

            1. first
            2. second

                quoted

            >>> brew()
            1

            ----

            last
            """
        #expect(
            try note(text, as: .restructuredText).outline == [
                "paragraph: Boil it::", "code:     kettle\n\n    on", "paragraph: Then::",
                "paragraph: not indented", "code: .. code-block:: sh\n\n   boil",
                "quote: .. note:: hot", "paragraph: .. a comment\n   of two lines",
                "list: - one\n\n  more\n- two\n\n1. first\n2. second\n\n    quoted",
                "code: >>> brew()\n1", "rule: ----", "paragraph: last",
            ])
    }

    @Test func `tables of both kinds are whole, with the words of their head as lead`() throws {
        let grid = "+---+---+\n| a | b |\n+===+===+\n| 1 | 2 |\n+---+---+\n| 3 | 4 |\n+---+---+\n"
        let simple = "===  ===\na    b\n===  ===\n1    2\n\n3    4\n===  ===\n\n"
        let plain = "===  ===\n1    2\n===  ===\n\nafter\n"
        let text = grid + "\n" + simple + plain
        let read = try note(text, as: .restructuredText)
        #expect(read.blocks.map(\.kind) == [.table, .table, .table, .paragraph])
        let leads = read.blocks.map { block in
            block.lead.map { String(decoding: read.text[$0], as: UTF8.self) }
        }
        #expect(leads == ["| a | b |", "a    b", nil, nil])
        #expect(read.outline.last == "paragraph: after")
    }

    @Test func `fields at the top say date and tags, and stay in the text`() throws {
        let text =
            "Tea\n###\n\n:date: 2026-11-25 10:00\n:tags: hot, green tea\n\nBody.\n\n:date: 2020-01-01\n"
        let read = try note(text, as: .restructuredText)
        #expect(read.document.title == "Tea")
        #expect(read.document.date == "2026-11-25")
        #expect(read.document.tags == ["hot", "green tea"])
        #expect(
            read.outline == [
                "h1 Tea: Tea\n###", "list: :date: 2026-11-25 10:00\n:tags: hot, green tea",
                "paragraph: Body.", "list: :date: 2020-01-01",
            ])
    }

    @Test(arguments: [
        ("=====\nno end\n", ["rule: =====", "paragraph: no end"]), ("+---+\n", ["table: +---+"]),
        ("===  ===\na\n\n\nb\n", ["table: ===  ===\na", "paragraph: b"]), ("..", ["paragraph: .."]),
        ("a\n", ["paragraph: a"]), ("::", ["paragraph: ::"]), ("x::\n\n", ["paragraph: x::"]),
        ("A much longer title\n---\n", ["paragraph: A much longer title\n---"]),
    ])
    func `what is malformed is text`(text: String, outline: [String]) throws {
        #expect(try note(text, as: .restructuredText).outline == outline)
    }
}

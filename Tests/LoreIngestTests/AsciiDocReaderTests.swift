import LoreCore
import LoreIngest
import Testing

@Suite struct AsciiDocReaderTests {
    @Test func `the header says title, date and tags`() throws {
        let text = """
            // remark
            = Tea & water
            A. Brewer <a@example.org>
            v1.0, 2026-11-25: first
            :keywords: hot, green tea
            :toc:

            Body.

            :date: 2020-01-01
            """
        let read = try note(text, as: .asciiDoc)
        #expect(read.document.title == "Tea & water")
        #expect(read.document.date == "2026-11-25")
        #expect(read.document.tags == ["hot", "green tea"])
        #expect(
            read.outline == [
                "paragraph: // remark", "h1 Tea & water: = Tea & water",
                """
                paragraph: A. Brewer <a@example.org>
                v1.0, 2026-11-25: first
                :keywords: hot, green tea
                :toc:
                """, "paragraph: Body.", "paragraph: :date: 2020-01-01",
            ])
    }

    @Test func `each construct is a block of its kind, with what is said of it above`() throws {
        let text = """
            [[water]]
            == Water ==
            .Listing
            [source,sh]
            ----
            boil

            == no heading
            ----
            * one
            ** two
            +
            ....
            kept

            * no item
            ....

            * three

            after
            goes on

            .Leaves
            |===
            |leaf |min

            |tea |2
            |===

            NOTE: hot

            ____
            quoted
            ____
            ====
            example
            ====

            '''

             literal

            term:: definition

            ```sh
            x
            ```
            """
        #expect(
            try note(text, as: .asciiDoc).outline == [
                "h2 Water: [[water]]\n== Water ==",
                "code: .Listing\n[source,sh]\n----\nboil\n\n== no heading\n----",
                "list: * one\n** two\n+\n....\nkept\n\n* no item\n....\n\n* three",
                "paragraph: after\ngoes on",
                "table: .Leaves\n|===\n|leaf |min\n\n|tea |2\n|===", "paragraph: NOTE: hot",
                "quote: ____\nquoted\n____", "quote: ====\nexample\n====", "rule: '''",
                "code:  literal", "list: term:: definition", "code: ```sh\nx\n```",
            ])
    }

    @Test func `a table has its head as lead and its rows as items`() throws {
        let read = try note("|===\n|a |b\n\n|1\n|2\n\n|3\n|4\n|===\n", as: .asciiDoc)
        #expect(read.blocks.map(\.lead) == [5..<10])
        #expect(read.blocks.map(\.itemStarts) == [[12, 19]])
    }

    @Test func `a block that is never closed goes on to the end, and signs alone are text`() throws
    {
        #expect(
            try note("----\na\n\n== b\n", as: .asciiDoc).outline == ["code: ----\na\n\n== b"])
        #expect(try note("=\n", as: .asciiDoc).outline == ["paragraph: ="])
        #expect(try note("[x]\n\n.y\n", as: .asciiDoc).outline == ["paragraph: [x]\n\n.y"])
        #expect(try note("======= x\n", as: .asciiDoc).outline == ["paragraph: ======= x"])
    }
}

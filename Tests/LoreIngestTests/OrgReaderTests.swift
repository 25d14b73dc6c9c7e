import LoreCore
import LoreIngest
import Testing

@Suite struct OrgReaderTests {
    @Test func `each construct is a block of its kind`() throws {
        let text = """
            intro
            goes on
            * TODO [#A] Water [[http://x][hot]] :a:b:
            :LOGBOOK:
            - noted
            :END:
            - one
              more

              still one
            - two
            after
            #+CAPTION: leaves
            | leaf | min |
            |------+-----|
            | tea  | 2   |
            #+begin_src sh
            | no table

            boil
            #+END_SRC
            ** Steep
            #+begin_quote
            quoted
            #+end_quote
            : fixed
            : width
            -----
            # comment
            """
        #expect(
            try note(text, as: .org).outline == [
                "paragraph: intro\ngoes on",
                "h1 Water hot: * TODO [#A] Water [[http://x][hot]] :a:b:",
                "code: :LOGBOOK:\n- noted\n:END:",
                "list: - one\n  more\n\n  still one\n- two",
                "paragraph: after",
                "table: #+CAPTION: leaves\n| leaf | min |\n|------+-----|\n| tea  | 2   |",
                "code: #+begin_src sh\n| no table\n\nboil\n#+END_SRC",
                "h2 Steep: ** Steep",
                "quote: #+begin_quote\nquoted\n#+end_quote",
                "code: : fixed\n: width",
                "rule: -----",
                "paragraph: # comment",
            ])
    }

    @Test func `keywords and the property drawer at the top are front matter`() throws {
        let text = """
            :PROPERTIES:
            :ID: 4f
            :ROAM_ALIASES: "Green tea" Sencha
            :END:
            #+title: Tea
            # remark
            #+DATE: <2026-11-25 Wed>
            #+filetags: :drinks:hot:
            #+OPTIONS: toc:nil

            Body.
            """
        let read = try note(text, as: .org)
        #expect(read.document.title == "Tea")
        #expect(read.document.date == "2026-11-25")
        #expect(read.document.tags == ["drinks", "hot"])
        #expect(read.document.aliases == ["Green tea", "Sencha"])
        #expect(read.outline == ["paragraph: Body."])
        #expect(read.blocks.first?.range.lines == 11...11)
    }

    @Test func `words of state are those of the file, else the usual ones`() throws {
        let text =
            "#+TODO: BREW(b) | DRUNK\n* BREW tea\n* DRUNK tea\n* DONE tea\n* Tea TODO\n*bold*\n"
        #expect(
            try note(text, as: .org).outline == [
                "h1 tea: * BREW tea", "h1 tea: * DRUNK tea", "h1 tea: * DONE tea",
                "h1 Tea TODO: * Tea TODO", "paragraph: *bold*",
            ])
    }

    @Test func `a table's head is its lead, a list knows its items`() throws {
        let read = try note("- a\n  - b\n- c\n\n\n| x |\n|---|\n| y |\n", as: .org)
        #expect(read.blocks.first?.itemStarts == [10])
        #expect(read.blocks.last?.lead == 16..<21)
    }

    @Test func `a block that is never closed ends at the next headline`() throws {
        #expect(
            try note("#+begin_src\na\n\n* H\nb\n", as: .org).outline == [
                "code: #+begin_src\na", "h1 H: * H", "paragraph: b",
            ])
        #expect(
            try note(":PROPERTIES:\n:ID: 1\n", as: .org).outline == ["code: :PROPERTIES:\n:ID: 1"])
        #expect(try note("#+end_src\n#+CAPTION: x\n", as: .org).outline.count == 2)
    }
}

import LoreCore
import Testing

@Suite struct FilterErrorTests {
    @Test(arguments: [
        (
            "-tga:work", "filters know no field 'tga'; did you mean 'tag:'?",
            " ^^^"
        ),
        (
            "tag:a zzzzzz:b",
            "filters know no field 'zzzzzz'; the fields are tag, path, folder, file, type, ext, title, "
                + "alias, after, since, before, until, on, date",
            "      ^^^^^^"
        ),
        (
            ":a",
            "filters know no field ''; the fields are tag, path, folder, file, type, ext, title, "
                + "alias, after, since, before, until, on, date", "^"
        ),
        (
            "tag:a plan",
            "'plan' names no field; write title:plan, or another of tag, path, folder, file, type, ext, "
                + "title, alias, after, since, before, until, on, date",
            "      ^^^^"
        ),
        (
            "\"q3 plan\"",
            "'q3 plan' names no field; write title:\"q3 plan\", or another of tag, path, folder, file, "
                + "type, ext, title, alias, after, since, before, until, on, date",
            "^^^^^^^^^"
        ),
        ("tag: work", "nothing follows 'tag:'; write the value right behind the colon", "^^^^"),
        ("tag:\"\"", "nothing follows 'tag:'; write the value right behind the colon", "^^^^^^"),
        ("tag:# ", "nothing follows 'tag:'; write the value right behind the colon", "^^^^^"),
        (
            "tag:(a OR b)", "'tag:' takes one value, not a group; write (tag:one OR tag:two)",
            "^^^^^^"
        ),
        ("title:\"q3", "a quote is not closed; end it with \"", "      ^"),
        ("(#a OR (#b)", "a parenthesis is not closed; end it with )", "^"),
        ("(", "a parenthesis is not closed; end it with )", "^"),
        ("#a) #b", "a parenthesis closes what was not opened; remove it", "  ^"),
        (")", "a parenthesis closes what was not opened; remove it", "^"),
        (
            "#a ()",
            "there is nothing between the parentheses; remove them, or put terms between them",
            "   ^^"
        ),
        ("OR #a", "nothing stands before 'OR'; put a term there, or remove it", "^^"),
        ("#a or", "nothing stands after 'or'; put a term there, or remove it", "   ^^"),
        ("#a OR OR #b", "nothing stands after 'OR'; put a term there, or remove it", "   ^^"),
        ("(#a AND )", "nothing stands after 'AND'; put a term there, or remove it", "    ^^^"),
        ("#a -", "nothing stands after '-'; put a term there, or remove it", "   ^"),
        ("-OR #a", "nothing stands after '-'; put a term there, or remove it", "^"),
        (
            "after:2026-02-30",
            "'2026-02-30' is no day; write 2026, 2026-01, 2026-01-15, today, yesterday, today-7d, -2w, "
                + "-3m or -1y", "      ^^^^^^^^^^"
        ),
        (
            "on:friday tag:日本",
            "'friday' is no day; write 2026, 2026-01, 2026-01-15, today, yesterday, today-7d, -2w, "
                + "-3m or -1y", "   ^^^^^^"
        ),
        (
            "tag:日本 tga:x", "filters know no field 'tga'; did you mean 'tag:'?",
            "         ^^^"
        ),
        (
            "date:2026..2025", "'2026..2025' ends before it starts; write the earlier day first",
            "     ^^^^^^^^^^"
        ),
        (
            "date:..",
            "'..' is no day; write 2026, 2026-01, 2026-01-15, today, yesterday, today-7d, -2w, -3m "
                + "or -1y", "     ^^"
        ),
    ])
    func `a mistake is shown where it is`(filter: String, words: String, carets: String) throws {
        let error = #expect(throws: FilterError.self) { try Filter(filter) }

        #expect(error?.description == "\(words)\n  \(filter)\n  \(carets)")
        #expect(error?.category == .invalidInput)
    }

    @Test(arguments: ["", "  \t"])
    func `an empty filter is a mistake`(filter: String) throws {
        let error = #expect(throws: FilterError.self) { try Filter(filter) }

        #expect(
            error?.description
                == "the filter is empty; write a term such as tag:work, or leave the filter out")
    }

    @Test func `the message for programs has the caret and leaves the hint apart`() throws {
        let error = #expect(throws: FilterError.self) { try Filter("tga:a") }

        #expect(error?.message == "filters know no field 'tga'\n  tga:a\n  ^^^")
        #expect(error?.hint == "did you mean 'tag:'?")
    }

    @Test func `a long filter is shown around the place`() throws {
        let terms = Array(repeating: "#tag", count: 100).joined(separator: " ")
        let error = #expect(throws: FilterError.self) { try Filter("\(terms) tga:x \(terms)") }
        let lines = error?.description.split(separator: "\n").map(String.init) ?? []

        #expect(lines.count == 3 && lines[1].count < 80)
        #expect(lines[1].hasPrefix("  …") && lines[1].hasSuffix("…"))
        let column = lines[2].prefix { $0 == " " }.count
        #expect(lines[1].dropFirst(column).hasPrefix("tga:x"))
    }

    @Test func `line ends and control codes do not reach the terminal`() throws {
        let error = #expect(throws: FilterError.self) { try Filter("#a\n\u{1B}[2Jx") }

        #expect(error?.description.contains("\u{1B}") == false)
        #expect(error?.description.hasSuffix("\n  #a  [2Jx\n     ^^^^^") == true)
    }

    @Test func `what is too long or too deep is refused`() throws {
        let deep = String(repeating: "(", count: 65) + "#a" + String(repeating: ")", count: 65)
        let long = String(repeating: "#tag ", count: 1_000)

        let deepError = #expect(throws: FilterError.self) { try Filter(deep) }
        let longError = #expect(throws: FilterError.self) { try Filter(long) }

        #expect(deepError?.mistake == .tooDeep(limit: 64))
        #expect(longError?.description == "the filter is longer than 4096 bytes; write less")
        #expect(throws: Never.self) {
            try Filter(String(repeating: "(", count: 64) + "#a" + String(repeating: ")", count: 64))
        }
        #expect(throws: Never.self) { try Filter(String(repeating: "-", count: 4_000) + "#a") }
    }
}

import LoreCore
import Testing

/// Today is 2026-03-31, one hour ahead of UTC.
@Suite struct FilterDateTests {
    @Test(arguments: [
        ("after:2026-01-15", true), ("after:2026-01-16", false), ("since:2026-01-15", true),
        ("before:2026-01-15", false), ("before:2026-01-16", true), ("until:2026-01-15", true),
        ("until:2026-01-14", false), ("on:2026-01-15", true), ("on:2026-01-14", false),
        ("on:20260115", true), ("on:2026/1/15", true),
        ("after:2026", true), ("after:2026-01", true), ("after:2026-02", false),
        ("before:2026-01", false), ("before:2026-02", true), ("before:2026", false),
        ("until:2026", true), ("until:2026-01", true), ("until:2025", false),
        ("on:2026", true), ("on:2026-01", true), ("on:2025", false), ("on:2026-02", false),
        ("date:2026-01-01..2026-01-15", true), ("date:2026-01-16..2026-02", false),
        ("date:2025..2026", true), ("date:2026-01-15..", true), ("date:..2026-01-14", false),
        ("date:2026-01", true),
    ])
    func `after takes in the day, before leaves it out`(filter: String, passes: Bool) throws {
        #expect(try FilteredNote(date: "2026-01-15").passes(filter) == passes)
    }

    @Test(arguments: [
        ("2026-03-31", "on:today", true), ("2026-03-30", "on:yesterday", true),
        ("2026-04-01", "on:tomorrow", true), ("2026-03-31", "before:today", false),
        ("2026-03-30", "before:TODAY", true), ("2026-03-24", "on:today-7d", true),
        ("2026-03-24", "after:-7d", true), ("2026-03-23", "after:-7d", false),
        ("2026-03-17", "on:-2w", true), ("2025-03-31", "on:-1y", true),
        ("2026-02-28", "on:-1m", true), ("2025-12-31", "on:-3m", true),
        ("2026-04-30", "on:+1m", true), ("2026-04-02", "on:today+2d", true),
        ("2026-03-29", "on:yesterday-1d", true), ("0001-01-01", "on:-99999y", true),
    ])
    func `days are counted from today`(date: String, filter: String, passes: Bool) throws {
        #expect(try FilteredNote(date: date).passes(filter) == passes)
    }

    @Test func `the front matter's day counts before that of the name, and that before the change`()
        throws
    {
        // 1780000000: 2026-05-28.
        let named = FilteredNote(path: "2026-01-15.md", modified: 1_780_000_000)
        let plain = FilteredNote(path: "boiler.md", modified: 1_780_000_000)
        let stated = FilteredNote(
            path: "2026-01-15.md", date: "2025-12-24", modified: 1_780_000_000)

        #expect(try stated.passes("on:2025-12-24"))
        #expect(try named.passes("on:2026-01-15"))
        #expect(try plain.passes("on:2026-05-28"))
    }

    @Test func `the day of a change is that of the user's place`() throws {
        // 2026-03-30T23:30:00Z is half past midnight on the 31st here.
        let note = FilteredNote(path: "a.md", modified: 1_774_913_400)

        #expect(try note.passes("on:today"))
        #expect(try !note.passes("before:today"))
        #expect(try note.passes("before:tomorrow"))
        #expect(try note.passes("-on:yesterday"))
    }

    @Test(
        arguments: [
            ("2026-01-15.md", "2026-01-15"), ("2026-01-15 Standup.md", "2026-01-15"),
            ("20260115-notes.md", "2026-01-15"), ("202601151030 Zettel.md", "2026-01-15"),
            ("20260115103059.md", "2026-01-15"), ("Call 2026_01_15.md", "2026-01-15"),
            ("x2026.01.15.md", "2026-01-15"), ("2026-13-15.md", nil), ("2026-01-155.md", nil),
            ("12026-01-15.md", nil), ("2026-01.md", nil), ("2026-01_15.md", nil),
            ("20261315.md", nil), ("123456789.md", nil), ("3000-01-15.md", nil), ("", nil),
            ("v2026-02-30 2026-02-28.md", "2026-02-28"), ("2026-01-", nil),
        ] as [(String, String?)])
    func `a day is found in a file's name`(name: String, expected: String?) throws {
        let found = Day(inFileName: name.utf8)

        #expect(found == expected.flatMap { Day(isoDate: $0.utf8) })
        #expect((found == nil) == (expected == nil))
    }

    @Test(arguments: [
        (1970, 1, 1, 0), (2000, 2, 29, 11_016), (1969, 12, 31, -1), (1, 1, 1, -719_162),
    ])
    func `days are numbered from 1970`(year: Int, month: Int, number: Int, expected: Int) throws {
        let found = try day(year, month, number)

        #expect(found.number == expected)
        #expect(found.parts == (year, month, number))
    }

    @Test func `every day has parts that lead back to it`() throws {
        for number in stride(from: Day.first.number, through: Day.last.number, by: 17) {
            let parts = Day(number: number).parts
            #expect(Day(year: parts.year, month: parts.month, day: parts.day)?.number == number)
        }
    }
}

import LoreCore
import Testing

@Suite struct SinceTests {
    @Test(
        arguments: [
            ("30d", "2026-11-01"), ("2w", "2026-11-17"), ("1m", "2026-11-01"),
            ("yesterday", "2026-11-30"), ("2026-05", "2026-05-01"), ("2026", "2026-01-01"),
            ("20260115", "2026-01-15"), ("today-3d", "2026-11-28"),
        ])
    func `a day is counted back or named`(text: String, expected: String) throws {
        let today = try #require(Day(year: 2026, month: 12, day: 1))
        let parts = try Since(text).day(today: today).parts
        let pad = { (number: Int) in number < 10 ? "0\(number)" : "\(number)" }

        #expect("\(parts.year)-\(pad(parts.month))-\(pad(parts.day))" == expected)
    }

    @Test(arguments: ["", "soon", "d", "30x", "-"])
    func `what names no day is told with what does`(text: String) {
        #expect(throws: SinceError.noDay(text)) { try Since(text) }
        #expect(
            SinceError.noDay("soon").description
                == "'soon' is no day; write 30d, 2w, 2026-11-01 or yesterday")
    }
}

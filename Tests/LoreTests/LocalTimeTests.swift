import Foundation
import LoreCore
import Testing

@testable import Lore

@Suite struct LocalTimeTests {
    private func time(_ zone: String, at seconds: Double = 0) throws -> LocalTime {
        LocalTime(
            now: { Date(timeIntervalSince1970: seconds) },
            timeZone: try #require(TimeZone(identifier: zone)))
    }

    /// 2026-03-30T23:30:00Z.
    @Test(arguments: [
        ("UTC", 30), ("Europe/Berlin", 31), ("America/New_York", 30), ("Asia/Tokyo", 31),
    ])
    func `today is the day where the user is`(zone: String, expected: Int) throws {
        let today = try time(zone, at: 1_774_913_400).today

        #expect(today == Day(year: 2026, month: 3, day: expected))
    }

    @Test(arguments: [
        ("UTC", 2026, 1, 15, 1_768_435_200), ("Europe/Berlin", 2026, 1, 15, 1_768_431_600),
        ("Europe/Berlin", 2026, 7, 15, 1_784_066_400),
        // Clocks were put forward at midnight: the day begins at one.
        ("America/Sao_Paulo", 2018, 11, 4, 1_541_300_400),
    ])
    func `a day starts when the clocks there say so`(
        zone: String, year: Int, month: Int, day: Int, seconds: Int64
    ) throws {
        let day = try #require(Day(year: year, month: month, day: day))

        #expect(try time(zone).start(of: day) == seconds * 1_000_000_000)
    }

    @Test func `days too far off for nanoseconds are the ends of their range`() throws {
        let time = try time("UTC")

        #expect(time.start(of: .first) == .min)
        #expect(time.start(of: .last) == .max)
    }
}

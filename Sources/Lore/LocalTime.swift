import Foundation
import LoreCore

/// What day it is, and when a day starts, where the user is.
struct LocalTime: Sendable {
    var now: @Sendable () -> Date = { Date() }
    var timeZone = TimeZone.autoupdatingCurrent

    var today: Day {
        let seconds = now().timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: now()))
        return Day(number: Int((seconds / 86_400).rounded(.down)))
    }

    /// Nanoseconds since 1970 in UTC at which `day` starts; the ends of the range beyond it.
    func start(of day: Day) -> Int64 {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let (year, month, number) = day.parts
        let noon = DateComponents(year: year, month: month, day: number, hour: 12)
        guard let date = calendar.date(from: noon) else { return day < today ? .min : .max }
        // Not midnight itself: where a clock is put forward then, there is none.
        let start = calendar.startOfDay(for: date).timeIntervalSince1970 * 1e9
        return Int64(exactly: start.rounded()) ?? (start < 0 ? .min : .max)
    }

    /// This moment, RFC 3339 in UTC.
    var stamp: String { now().formatted(.iso8601) }

    /// When this month began, RFC 3339 in UTC.
    var startOfMonth: String {
        stamp(atStartOf: Day(number: today.number - today.parts.day + 1))
    }

    /// When `day` began, RFC 3339 in UTC.
    func stamp(atStartOf day: Day) -> String {
        Date(timeIntervalSince1970: Double(start(of: day)) / 1e9).formatted(.iso8601)
    }

    /// `filter` as it is today.
    func matcher(_ filter: Filter) -> FilterMatcher {
        FilterMatcher(filter, today: today, startOfDay: start)
    }
}

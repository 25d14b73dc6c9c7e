/// A day of the calendar, without time and place.
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, which is 0.
    package let number: Int

    /// The first and the last day that a filter can name.
    package static let first = Day(number: number(1, 1, 1))
    package static let last = Day(number: number(9999, 12, 31))

    package init(number: Int) { self.number = number }

    /// The day of these parts in the Gregorian calendar; nil where there is none.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, year: year)
        else { return nil }
        number = Self.number(year, month, day)
    }

    public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    /// Year, month and day of the month.
    ///
    /// - SeeAlso: Hinnant, "chrono-Compatible Low-Level Date Algorithms"
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (
            yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
            dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// The day so many days later, no later than the last and no earlier than the first.
    package func adding(days: Int) -> Day {
        Day(number: max(Self.first.number, min(Self.last.number, number + days)))
    }

    /// The same day so many months later; the month's last where that is shorter.
    package func adding(months: Int) -> Day {
        let (year, month, day) = parts
        let months = year * 12 + month - 1 + months
        guard months >= 12 else { return Self.first }
        guard months < 10_000 * 12 else { return Self.last }
        let last = Self.length(ofMonth: months % 12 + 1, year: months / 12)
        return Day(number: Self.number(months / 12, months % 12 + 1, min(day, last)))
    }

    package static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }
}

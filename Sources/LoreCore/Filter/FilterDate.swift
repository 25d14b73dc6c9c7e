/// A day, month or year as a filter names it, absolute or counted from today.
///
/// `2026`, `2026-01`, `2026-01-15`, `20260115`; `today`, `yesterday`, `tomorrow`; `today-7d`, `-2w`,
/// `-3m`, `-1y` and the same with `+`.
enum FilterDate: Hashable, Sendable {
    /// From the first day to the one after the last.
    case period(from: Day, until: Day)
    /// So many months and then days from today.
    case relative(months: Int, days: Int)

    /// What `text` names; nil where it names no day.
    init?(_ text: [UInt8]) {
        let text = folded(text)
        guard let date = Self.period(text) ?? Self.relative(text) else { return nil }
        self = date
    }

    /// The days meant, from the first to the one after the last.
    func days(today: Day) -> (from: Day, until: Day) {
        switch self {
        case .period(let from, let until): return (from, until)
        case .relative(let months, let days):
            let day = today.adding(months: months).adding(days: days)
            return (day, Day(number: day.number + 1))
        }
    }

    private static func period(_ text: [UInt8]) -> FilterDate? {
        guard let separator = text.first(where: { !$0.isDigit }) else {
            return text.count == 8
                ? period([text[0..<4], text[4..<6], text[6..<8]]) : period([text[...]])
        }
        guard separator == hyphen || separator == slash else { return nil }
        return period(text.split(separator: separator, omittingEmptySubsequences: false))
    }

    /// A year, a month or a day, by the number of parts.
    private static func period(_ parts: [ArraySlice<UInt8>]) -> FilterDate? {
        guard (1...3).contains(parts.count), parts[0].count == 4,
            parts.dropFirst().allSatisfy({ (1...2).contains($0.count) })
        else { return nil }
        let numbers = parts.compactMap(Day.decimal)
        guard numbers.count == parts.count,
            let first = Day(
                year: numbers[0], month: parts.count > 1 ? numbers[1] : 1,
                day: parts.count > 2 ? numbers[2] : 1)
        else { return nil }
        let length =
            switch parts.count {
            case 1: Day(year: numbers[0], month: 12, day: 31).map { $0.number - first.number + 1 }
            case 2: Day.length(ofMonth: numbers[1], year: numbers[0])
            default: 1
            }
        return .period(from: first, until: Day(number: first.number + (length ?? 1)))
    }

    private static func relative(_ text: [UInt8]) -> FilterDate? {
        let names: [(String, Int)] = [("today", 0), ("yesterday", -1), ("tomorrow", 1)]
        let named = names.first { text.starts(with: $0.0.utf8) }
        let rest = text.dropFirst(named?.0.utf8.count ?? 0)
        guard !rest.isEmpty else {
            return named.map { .relative(months: 0, days: $0.1) }
        }
        guard let sign = rest.first, sign == hyphen || sign == UInt8(ascii: "+"),
            let number = Day.decimal(rest.dropFirst().dropLast()), number < 1_000_000
        else { return nil }
        let count = sign == hyphen ? -number : number
        let start = named?.1 ?? 0
        switch rest.last {
        case UInt8(ascii: "d"): return .relative(months: 0, days: start + count)
        case UInt8(ascii: "w"): return .relative(months: 0, days: start + 7 * count)
        case UInt8(ascii: "m"): return .relative(months: count, days: start)
        case UInt8(ascii: "y"): return .relative(months: 12 * count, days: start)
        default: return nil
        }
    }
}

/// From one date to another; either may be open.
struct FilterPeriod: Hashable, Sendable {
    /// Which end of a named day, month or year.
    enum Edge: Hashable, Sendable {
        /// The start of its first day.
        case start
        /// The end of its last.
        case end
    }

    struct Bound: Hashable, Sendable {
        let date: FilterDate
        let edge: Edge
    }

    /// Nil: since ever.
    let from: Bound?
    /// Nil: for ever.
    let until: Bound?

    /// The days meant, half-open.
    func days(today: Day) -> (from: Day?, until: Day?) {
        (from.map { Self.day($0, today) }, until.map { Self.day($0, today) })
    }

    private static func day(_ bound: Bound, _ today: Day) -> Day {
        let days = bound.date.days(today: today)
        return bound.edge == .start ? days.from : days.until
    }
}

/// The day from which on something is told: `30d` or `2w` back from today, or a day as a filter names it.
public struct Since: Hashable, Sendable {
    private let date: FilterDate

    /// - Throws: `SinceError`.
    public init(_ text: String) throws(SinceError) {
        let isBack = text.utf8.first.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let isLetter = text.utf8.last.map { $0 >= UInt8(ascii: "A") }
        let written = isBack == true && isLetter == true ? "-" + text : text
        guard let date = FilterDate(Array(written.utf8)) else { throw .noDay(text) }
        self.date = date
    }

    /// The first day meant.
    public func day(today: Day) -> Day { date.days(today: today).from }
}

/// A text that names no day.
public enum SinceError: LoreError, Hashable {
    case noDay(String)

    public var category: ErrorCategory { .invalidInput }

    public var message: String {
        switch self {
        case .noDay(let text): "'\(text)' is no day"
        }
    }

    public var hint: String { "write 30d, 2w, 2026-11-01 or yesterday" }
}

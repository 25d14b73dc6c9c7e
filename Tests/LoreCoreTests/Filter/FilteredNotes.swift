import LoreCore

/// A note as the index describes it, for filters to be tried on.
struct FilteredNote {
    var path = "meetings/2026-01-15 Budget.md"
    var folder = "Notes"
    var format = DocumentFormat.markdown
    var title = "Q3 plan: Müller & Söhne"
    var tags = ["Work/Q3", "idea"]
    var aliases = ["third quarter"]
    var date: String?
    /// Seconds since 1970 in UTC.
    var modified = 0.0

    /// Whether `filter` lets it pass on 2026-03-31 in a place one hour ahead of UTC.
    func passes(_ filter: String) throws -> Bool {
        let matcher = FilterMatcher(
            try Filter(filter), today: try day(2026, 3, 31),
            startOfDay: {
                // The farthest days lie beyond what nanoseconds count.
                let start = Double($0.number * 86_400 - 3_600) * 1e9
                return Int64(exactly: start) ?? (start < 0 ? .min : .max)
            })
        return matcher.matches(facts)
    }

    private var facts: NoteFacts {
        var facts = NoteFacts()
        facts.place(folded(folder.utf8), folded(path.utf8))
        facts.format = Array(format.rawValue.utf8)
        facts.title = folded(title.utf8)
        facts.tags = tags.map { folded($0.utf8) }
        facts.aliases = aliases.map { folded($0.utf8) }
        facts.day = date.flatMap { Day(isoDate: $0.utf8) }
        facts.modifiedNanoseconds = Int64(modified * 1e9)
        return facts
    }
}

/// A day that exists.
func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day {
    struct NoSuchDay: Error {}
    guard let found = Day(year: year, month: month, day: day) else { throw NoSuchDay() }
    return found
}

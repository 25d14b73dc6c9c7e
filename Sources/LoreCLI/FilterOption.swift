import ArgumentParser
import LoreCore

/// Which notes `search` and `ask` look at.
struct FilterOption: ParsableArguments {
    @Option(
        name: .customLong("where"),
        // A filter may begin with a minus.
        parsing: .unconditional,
        help: ArgumentHelp(
            "Only notes that pass this filter.",
            discussion: """
                Terms: tag:work path:meetings/ folder:NAME file:NAME type:md title:"q3 plan" alias:NAME \
                after:2026-01-01 before:today on:2026-01 date:2026-01..2026-03. Several must all hold; \
                OR, parentheses and - (not) combine them. Days: 2026, 2026-01, 2026-01-15, today, \
                yesterday, today-7d, -2w, -3m, -1y.
                """,
            valueName: "filter"))
    var text: String?

    /// The filter; nil where none was asked for.
    ///
    /// - Throws: `FilterError`.
    func filter() throws -> Filter? { try text.map { try Filter($0) } }
}

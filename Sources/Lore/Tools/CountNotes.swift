import LoreCore
import LoreLinearAlgebra
import LoreStore

/// Counts notes, all of those that are asked for.
struct CountNotes: Tool {
    let notes: NoteTools

    let definition = ToolDefinition(
        name: "count_notes",
        description: """
            Counts the user's notes: all, those that pass a filter, those that hold all of some words. \
            Exact, where a search shows only the best.
            """,
        parameters: toolParameters([
            "query": toolText("words that the notes hold"), "where": filterArgument,
        ]))

    func run(_ arguments: JSONValue) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let count = try await Parallel.offPool {
            try notes.store().read { try notes.rows(arguments, in: $0).count }
        }
        return ToolOutput(try notes.found(count, arguments))
    }
}

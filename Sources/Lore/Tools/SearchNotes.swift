import LoreCore

/// Finds passages by words and meaning.
struct SearchNotes: Tool {
    let notes: NoteTools

    let definition = ToolDefinition(
        name: "search_notes",
        description: """
            Finds passages of the user's notes by words and meaning, best first. Ask for one thing at a \
            time, in the words that a note would have.
            """,
        parameters: toolParameters(
            [
                "query": toolText("what to look for"), "where": filterArgument,
                "limit": toolNumber("passages at most, 1 to 20; 6 unless told"),
            ],
            needed: ["query"]))

    func run(_ arguments: JSONValue) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let limit = try arguments.count("limit", in: 1...20, default: 6)
        let result = try await notes.knowledgeBase.search(
            Query(
                text: try arguments.needed("query"), limit: limit,
                filter: try notes.filter(arguments)))
        return ToolOutput(summary(of: result), passages: result.hits)
    }

    private func summary(of result: SearchResult) -> String {
        let count = result.hits.count
        let found = count == 1 ? "1 passage found" : "\(count) passages found"
        let filter = result.filterSentence.map { "; of the filter: \($0)" } ?? ""
        return ([found + filter] + result.notices).joined(separator: "\n")
    }
}

import LoreCore
import LoreLinearAlgebra
import LoreStore

/// Names notes, all of those that are asked for.
struct ListNotes: Tool {
    let notes: NoteTools

    let definition = ToolDefinition(
        name: "list_notes",
        description: """
            Names the user's notes by path, with title and date: all, those that pass a filter, those \
            that hold all of some words. Complete, in the order of their paths.
            """,
        parameters: toolParameters([
            "query": toolText("words that the notes hold"), "where": filterArgument,
            "skip": toolNumber("notes to pass over; 0 unless told"),
            "limit": toolNumber("notes at most, 1 to 200; 50 unless told"),
        ]))

    func run(_ arguments: JSONValue) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let skip = try arguments.count("skip", in: 0...Int.max, default: 0)
        let limit = try arguments.count("limit", in: 1...200, default: 50)
        return try await Parallel.offPool {
            try notes.store().read { try output(arguments, skip, limit, in: $0) }
        }
    }

    private func output(
        _ arguments: ToolArguments, _ skip: Int, _ limit: Int, in reader: StoreReader
    ) throws -> ToolOutput {
        let rows = try notes.rows(arguments, in: reader)
        let page = try reader.documents(rows: Array(rows.dropFirst(skip).prefix(limit)))
        let paths = try reader.shownPaths()
        let found = try notes.found(rows.count, arguments)
        let part =
            page.count == rows.count
            ? "" : "; here are \(page.count) from number \(skip + 1) on"
        let lines = page.map { line($0.document, paths.shown($0.document.path, in: $0.folderName)) }
        return ToolOutput(
            ([found + part] + lines).joined(separator: "\n"),
            origins: try page.map { try origin(of: $0, in: reader) })
    }

    private func line(_ note: Document, _ path: String) -> String {
        let title = note.title.split(whereSeparator: \.isNewline).joined(separator: " ")
        return "- \(path): \(title)" + (note.date.map { " (\($0))" } ?? "")
    }

    private func origin(of note: StoredDocument, in reader: StoreReader) throws -> NoteOrigin {
        let marks = try reader.marks(ofNote: note.document.path, in: note.folderName)
        return NoteOrigin(
            folder: note.folderName, path: note.document.path, lines: 1...1,
            isLocalOnly: marks.map(notes.localOnly.holds) ?? true)
    }
}

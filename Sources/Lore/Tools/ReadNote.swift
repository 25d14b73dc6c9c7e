import LoreCore
import LoreLinearAlgebra
import LoreStore

/// Gives a note, or lines of it.
struct ReadNote: Tool {
    let notes: NoteTools

    let definition = ToolDefinition(
        name: "read_note",
        description: "Gives a note of the user's, or some lines of it, in passages.",
        parameters: toolParameters(
            [
                "path": toolText("the note's path as it stands above a passage or in list_notes"),
                "lines": toolText("such as 10-40; the whole note where none are told"),
            ],
            needed: ["path"]))

    func run(_ arguments: JSONValue) async throws -> ToolOutput {
        let arguments = ToolArguments(arguments)
        let path = try arguments.needed("path")
        let lines = try arguments.text("lines").flatMap { $0.isEmpty ? nil : $0 }.map { text in
            guard let lines = NoteLocation.lines(text) else {
                throw ToolArgumentError.noLines(text)
            }
            return lines
        }
        return try await Parallel.offPool { try output(path, lines) }
    }

    private func output(_ path: String, _ lines: ClosedRange<Int>?) throws -> ToolOutput {
        let files = try NoteFiles(notes.store(), notes.knowledgeBase.configuration)
        let (shown, note) = try files.note(path)
        let chunks = try files.store.read { reader in
            guard try mayBeRead(note, in: reader) else {
                throw KnowledgeBaseError.unknownNote(path: path)
            }
            return try reader.chunks(ofDocument: note.row)
        }
        let wanted = chunks.filter { lines?.overlaps($0.chunk.range.lines) ?? true }
        let last = chunks.last?.chunk.range.lines.upperBound ?? 0
        let text =
            wanted.isEmpty
            ? "\(shown) has nothing there; its last line is \(last)"
            : "\(shown), up to line \(last): \(wanted.count) of its \(chunks.count) passages"
        return ToolOutput(
            text, passages: wanted.enumerated().map { Hit($1, rank: $0 + 1, shownAs: shown) })
    }

    /// Whether the note passes the filter in force, and may be named to the model.
    private func mayBeRead(_ note: StoredDocument, in reader: StoreReader) throws -> Bool {
        let passing = try notes.filter.map {
            try reader.documents(passing: notes.knowledgeBase.time.matcher($0))
        }
        guard passing?.contains(note.row) ?? true else { return false }
        return try notes.isOnThisMachine
            || !notes.localOnly.documents(in: reader).contains(note.row)
    }
}

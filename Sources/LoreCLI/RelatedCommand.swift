import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct RelatedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "related", abstract: "Find the notes closest to a note.",
        discussion: """
            Each is shown with the two passages that are nearest to each other: the note's own first.
            """)

    @Argument(help: "The note, by the path that hits show.", completion: .file())
    var path: String

    @Flag(help: "Only notes that it does not link to and that do not link to it.")
    var unlinked = false

    @Option(name: .customShort("n", allowingJoined: true), help: "Notes at most (default: 10).")
    var limit: Int?

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let result = try await global.knowledgeBase().related(
            to: path, choice: unlinked ? .unlinked : .all, limit: limit,
            filter: filterOption.filter())
        global.say(result.notices.map(Terminal.path))
        if global.json { Output.standard.json(RelatedBody(result)) } else { show(result) }
        guard result.notes.isEmpty else { return }
        if let passing = result.filterSentence {
            global.say(["nothing found with this filter: \(passing)"])
        } else if !global.json {
            global.say(["nothing found"])
        }
        throw Finished(status: .notFound)
    }

    private func show(_ result: RelatedNotes) {
        let terminal = Terminal(.standard)
        for (index, note) in result.notes.enumerated() {
            let head = terminal.bold(Terminal.path(note.path))
            let rest =
                [Terminal.path(note.title), decimal(note.score, places: 4)]
                + (note.isLinked ? ["linked"] : [])
            Output.standard.line(
                "\(index + 1). \(head)  \(terminal.dim(rest.joined(separator: "  ")))")
            for passage in [note.ownPassage, note.passage] {
                Output.standard.line("   " + PassageRendering(terminal: terminal).line(passage))
            }
            Output.standard.line()
        }
    }
}

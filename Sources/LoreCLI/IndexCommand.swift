import ArgumentParser
import Lore
import LoreServer

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Index a folder of notes, or bring every indexed folder up to date.")

    @Argument(help: "Folders to index; none: all that are registered.", completion: .directory)
    var folders: [String] = []

    @Option(help: "A name for the folder; else its last path component.")
    var name: String?

    @Flag(help: "Read every file again, also those that seem unchanged.")
    var full = false

    @Flag(help: "Index the words only; a later run adds the vectors.")
    var noEmbed = false

    @Option(help: "The embedding model; another than before re-embeds every note.")
    var model: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        var configuration = try global.configuration()
        if let model { configuration.embeddingModel = model }
        let knowledgeBase = global.knowledgeBase(configuration)
        let request = IndexRequest(
            folders: folders, name: name, rereadsEverything: full, embeds: !noEmbed,
            changesModel: model != nil)
        let progress = ProgressLine(isQuiet: global.quiet)
        defer { progress.finish() }
        let report = try await knowledgeBase.index(request) {
            progress.show($0.phase.rawValue, $0.done, of: $0.total, unit: $0.phase.unit)
        }
        progress.finish()
        show(report)
        if !report.skipped.isEmpty { throw Finished(status: .skippedFiles) }
    }

    private func show(_ report: IndexReport) {
        global.say(
            report.skipped.map {
                "skipped \(Terminal.path($0.path)): \(Terminal.printable($0.reason))"
            }
                + report.notices)
        guard !global.json else { return Output.standard.json(IndexBody(report)) }
        guard !global.quiet else { return }
        let changes = [
            (report.added, "added"), (report.changed, "changed"), (report.moved, "moved"),
            (report.deleted, "deleted"), (report.unchanged, "unchanged"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        Output.standard.line(
            "\(report.documents) notes, \(report.chunks) chunks"
                + (changes.isEmpty ? "" : ": " + changes.joined(separator: ", "))
                + "; \(report.embedded) embedded, \(report.reused) reused; "
                + "\(decimal(report.took / .seconds(1), places: 2)) s")
    }
}

extension IndexProgress.Phase {
    fileprivate var unit: String {
        switch self {
        case .reading: "files"
        case .embedding: "chunks"
        }
    }
}

import ArgumentParser
import Lore
import LoreServer
import Synchronization

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: "Index a folder of notes, or bring every indexed folder up to date.")

    @Argument(help: "Folders to index; none: all that are registered.", completion: .directory)
    var folders: [String] = []

    @Option(help: "A name for the folder; else its last path component.")
    var name: String?

    @Flag(help: "Go on and follow every change until interrupted.")
    var watch = false

    @Flag(help: "With --watch: look each second, for disks that tell of no changes.")
    var poll = false

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "Read every file again, also those that seem unchanged.")
    var full = false

    @Flag(help: "Index the words only; a later run adds the vectors.")
    var noEmbed = false

    @Option(help: "The embedding model; another than before re-embeds every note.")
    var model: String?

    @Option(help: "US dollars that embedding may cost; what would pass them is left for later.")
    var maxCost: Double?

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        if let maxCost, !(maxCost >= 0) { throw ValidationError("--max-cost is below 0") }
        if watch && dryRun { throw ValidationError("--watch and --dry-run exclude each other") }
        if maxCost != nil && watch {
            throw ValidationError("--max-cost is for one run, and --watch has no end")
        }
        if poll && !watch { throw ValidationError("--poll goes with --watch") }
    }

    func run() async throws {
        var configuration = try await global.configuration(indexing: folders)
        if let model { configuration.embeddingModel = model }
        let knowledgeBase = global.knowledgeBase(configuration)
        let request = IndexRequest(
            folders: folders, name: name, rereadsEverything: full, embeds: !noEmbed,
            changesModel: model != nil, maxCost: maxCost)
        if watch {
            try await follow(request, knowledgeBase)
        } else if dryRun {
            try await plan(request, knowledgeBase)
        } else {
            try await index(request, knowledgeBase)
        }
    }

    private func index(_ request: IndexRequest, _ knowledgeBase: KnowledgeBase) async throws {
        let progress = IndexingProgress(isQuiet: global.quiet)
        defer { progress.finish() }
        do {
            let report = try await Interrupted.cancelling {
                try await knowledgeBase.index(request) { progress.show($0) }
            }
            progress.finish()
            show(report)
            if !report.skipped.isEmpty { throw Finished(status: .skippedFiles) }
        } catch let interrupted as Interrupted {
            progress.finish()
            global.say(["interrupted\(progress.whatWasDone); run `lore index` to go on"])
            throw Finished(status: interrupted.status)
        }
    }

    private func show(_ report: IndexReport) {
        global.say(report.sentences)
        guard !global.json else { return Output.standard.json(IndexBody(report)) }
        guard !global.quiet else { return }
        let changes = report.changes(showingUnchanged: true)
        Output.standard.line(
            "\(report.documents) notes, \(report.chunks) chunks"
                + (changes.isEmpty ? "" : ": " + changes)
                + "; \(report.embedded) embedded, \(report.reused) reused"
                + (report.cost.map { " for \(dollars($0))" } ?? "") + "; "
                + "\(decimal(report.took / .seconds(1), places: 2)) s")
    }
}

/// Six places show the price of a single note.
func dollars(_ amount: Double) -> String { "\(decimal(amount, places: 6)) USD" }

extension IndexReport {
    /// Which files were skipped and why, and what else a person should know.
    var sentences: [String] {
        skipped.map { "skipped \(Terminal.path($0.path)): \(Terminal.printable($0.reason))" }
            + notices.map(Terminal.printable)
    }

    /// What became of the notes, as "3 added, 1 changed".
    func changes(showingUnchanged: Bool) -> String {
        [
            (added, "added"), (changed, "changed"), (moved, "moved"), (deleted, "deleted"),
            (showingUnchanged ? unchanged : 0, "unchanged"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}

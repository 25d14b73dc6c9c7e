import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct DuplicatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "duplicates",
        abstract: "Find the passages that say the same or nearly the same.",
        discussion: """
            Every two passages are compared, by meaning and by text; those of a few words are left \
            out. A passage is like some other of its group, those first that repeat most text.
            """)

    @Option(help: "The lowest likeness of two passages, 0.7 to 1 (default: 0.95).")
    var threshold: Double?

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let duplicates = try await find()
        let passing = duplicates.filterSentence.map { ["with this filter \($0)"] } ?? []
        global.say(duplicates.notices + passing)
        if global.json {
            Output.standard.json(DuplicatesBody(duplicates))
        } else {
            show(duplicates)
        }
        if duplicates.groups.isEmpty { throw Finished(status: .notFound) }
    }

    private func find() async throws -> Duplicates {
        let filter = try filterOption.filter()
        let knowledgeBase = try await global.knowledgeBase()
        let progress = ProgressLine(isQuiet: global.quiet)
        defer { progress.finish() }
        do {
            return try await Interrupted.cancelling { [threshold] in
                try await knowledgeBase.duplicates(threshold: threshold, filter: filter) {
                    progress.show("comparing", $0.done, of: $0.total, unit: "blocks")
                }
            }
        } catch let interrupted as Interrupted {
            throw Finished(status: interrupted.status)
        }
    }

    private func show(_ duplicates: Duplicates) {
        let rendering = PassageRendering(terminal: Terminal(.standard))
        for (index, group) in duplicates.groups.enumerated() {
            Output.standard.line("\(index + 1). \(group.count) passages")
            for passage in group { Output.standard.line("   " + rendering.line(passage)) }
            Output.standard.line()
        }
        let short =
            duplicates.passedOver == 0 ? "" : "; \(duplicates.passedOver) too short to count"
        let found =
            switch duplicates.groups.count {
            case 0: "no duplicates"
            case 1: "1 group"
            default: "\(duplicates.groups.count) groups"
            }
        global.say(["\(found) among \(duplicates.compared) passages\(short)"])
    }
}

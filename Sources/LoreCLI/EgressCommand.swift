import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct EgressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "egress",
        abstract: "List which notes' text went to which host that is not this machine, and when.")

    @Option(help: "From this day on: 30d, 2w, 2026-11-01 (default: all).") var since: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let entries = try await global.knowledgeBase().egress(since: since.map { try Since($0) })
        guard !global.json else { return Output.standard.json(EgressBody(entries)) }
        for entry in entries {
            let lines = entry.lines
            let range =
                lines.count == 1
                ? "\(lines.lowerBound)" : "\(lines.lowerBound)-\(lines.upperBound)"
            Output.standard.line(
                "\(entry.at)  \(Terminal.path(entry.host))  \(entry.purpose.rawValue)  "
                    + "\(Terminal.path(entry.path)):\(range)")
        }
        guard entries.isEmpty else { return }
        global.say(["no text of a note has gone to another host"])
    }
}

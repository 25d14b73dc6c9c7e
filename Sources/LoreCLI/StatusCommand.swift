import ArgumentParser
import Lore
import LoreServer

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show what the index holds.")

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let status = try await global.knowledgeBase().status()
        guard !global.json else { return Output.standard.json(StatusBody(status)) }
        for (label, value) in rows(status) {
            let padding = String(repeating: " ", count: 14 - label.count)
            Output.standard.line(label + padding + value)
        }
    }

    private func rows(_ status: Status) -> [(String, String)] {
        let folders = status.folders.map { folder in
            ("folder", "\(folder.name) (\(folder.documents) notes)  \(Terminal.path(folder.path))")
        }
        let model = status.embeddingModel.map { "\($0), \(status.dimensions ?? 0) dimensions" }
        return [("index", Terminal.path(status.database))] + folders + [
            ("notes", "\(status.documents)"),
            ("chunks", "\(status.chunks)"),
            ("embedded", "\(status.embedded), \(status.pending) pending"),
            ("cut", "\(status.truncated) longer than the model reads"),
            ("model", model ?? "none yet"),
            ("size", "\(status.bytes / 1_000) kB"),
            ("last indexed", status.lastIndexedAt?.wireTime ?? "never"),
        ]
    }
}

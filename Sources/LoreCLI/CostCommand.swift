import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct CostCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cost", abstract: "Show what models took, in tokens and dollars.")

    enum Grouping: String, ExpressibleByArgument, CaseIterable { case model, day }

    @Option(help: "From this day on: 30d, 2w, 2026-11-01 (default: all).") var since: String?

    @Option(help: "What is told apart: model or day (default: model).") var by = Grouping.model

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let costs = try await global.knowledgeBase().costs(
            since: since.map { try Since($0) }, isByDay: by == .day)
        guard !global.json else { return Output.standard.json(CostBody(costs)) }
        costs.forEach { Output.standard.line(CostRendering.line(of: $0)) }
        let total = costs.reduce(0) { $0 + ($1.cost ?? 0) }
        Output.standard.line("total $\(decimal(total, places: 4))")
        let unknown = Set(costs.filter { $0.cost == nil }.map(\.model)).sorted()
        guard !unknown.isEmpty else { return }
        global.say(["no price is known of \(unknown.joined(separator: ", "))"])
    }
}

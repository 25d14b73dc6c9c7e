import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct WhyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "why", abstract: "Tell why a note is among the hits of a query, or is not.",
        discussion:
            "Ranks are those of the note's best passage among all passages that pass the filter.")

    @Argument(help: "The query; several arguments make one.") var query: [String]

    @Option(help: "The note, by the path that hits show.", completion: .file()) var document: String

    @Option(
        name: .customShort("n", allowingJoined: true), help: "Hits asked for (default: 10).")
    var limit: Int?

    @Option(help: "By words, by meaning, or both.") var mode = SearchMode.hybrid

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let filter = try filterOption.filter()
        let knowledgeBase = try await global.knowledgeBase()
        let placement = try await knowledgeBase.placement(
            of: document,
            for: Query(
                text: query.joined(separator: " "), mode: mode,
                limit: limit ?? knowledgeBase.configuration.searchLimit, filter: filter))
        global.say(placement.notices)
        if global.json {
            Output.standard.json(WhyBody(placement))
        } else {
            show(placement)
        }
        // What a provider's model took for the query is kept.
        global.say(await knowledgeBase.settle())
    }

    private func show(_ placement: Placement) {
        Output.standard.line(
            "\(Terminal.path(placement.document)): \(Terminal.printable(placement.sentence))")
        show("lexical ", placement.lexical)
        show("semantic", placement.semantic)
        show("hybrid  ", placement.hybrid)
    }

    private func show(_ name: String, _ place: Placement.Place) {
        guard let rank = place.rank, let score = place.score else {
            return Output.standard.line("  \(name)  not ranked")
        }
        Output.standard.line("  \(name)  rank \(rank), score \(decimal(score, places: 4))")
    }
}

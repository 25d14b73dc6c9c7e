public import ArgumentParser
import Lore
public import LoreCore
import LoreServer

extension SearchMode: ExpressibleByArgument {}

struct SearchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Find the passages that match a query.")

    @Argument(help: "Words to look for; several arguments make one query.") var query: [String]

    @Option(name: .customShort("n", allowingJoined: true), help: "Hits at most (default: 10).")
    var limit: Int?

    @Option(help: "By words, by meaning, or both.") var mode = SearchMode.hybrid

    @Flag(help: "Show the parts of each score.") var explain = false

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var syncOption: SyncOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let filter = try filterOption.filter()
        let knowledgeBase = try await global.knowledgeBase()
        try await syncOption.bringChanges(into: knowledgeBase, embeds: mode != .lexical, global)
        let result = try await knowledgeBase.search(
            Query(
                text: query.joined(separator: " "), mode: mode,
                limit: limit ?? knowledgeBase.configuration.searchLimit, filter: filter))
        global.say(result.notices + SyncOption.sentence(changed: result.changedSinceIndexing))
        if global.json {
            Output.standard.json(SearchBody(result, explains: explain))
        } else {
            let rendering = HitRendering(
                terminal: Terminal(.standard), query: result.query.text, explains: explain)
            for hit in result.hits {
                Output.standard.write(rendering.text(of: hit, file: knowledgeBase.file(of: hit)))
            }
        }
        // What a provider's model took for the query is kept.
        global.say(await knowledgeBase.settle())
        if result.hits.isEmpty {
            // With --json the empty list says it; that the filter may be why, it does not.
            if let passing = result.filterSentence {
                global.say(["nothing found with this filter: \(passing)"])
            } else if !global.json {
                global.say(["nothing found"])
            }
            throw Finished(status: .notFound)
        }
    }
}

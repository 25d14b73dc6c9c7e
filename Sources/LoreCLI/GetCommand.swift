import ArgumentParser
import Lore
import LoreServer

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get", abstract: "Print a note, or lines of it, as the file has them now.")

    @Argument(help: "PATH, PATH:LINE or PATH:START-END.") var location: String

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let excerpt = try await global.knowledgeBase().excerpt(at: location)
        if global.json {
            Output.standard.json(ExcerptBody(excerpt))
        } else {
            Output.standard.write(excerpt.text)
        }
    }
}

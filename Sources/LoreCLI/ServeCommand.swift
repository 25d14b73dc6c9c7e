import ArgumentParser
import Lore
import LoreServer

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Answer over HTTP on this machine.")

    @Option(help: "A loopback address to listen on.") var host = "127.0.0.1"

    @Option(help: "The port; 0: any free one.") var port = Configuration.port

    @OptionGroup var global: GlobalOptions

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError("--port \(port) is not between 0 and 65535")
        }
    }

    func run() async throws {
        let knowledgeBase = try await global.knowledgeBase()
        let server = try Server(
            knowledgeBase: knowledgeBase, host: host, port: port, logger: global.logger())
        // The index must be there before the first question, and the model loaded before it counts.
        global.say(try await knowledgeBase.prepare())
        try await server.run { Output.error.line("lore: listening on \($0)") }
    }
}

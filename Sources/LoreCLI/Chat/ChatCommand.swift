import ArgumentParser
import Foundation
import Lore

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat", abstract: "Ask question after question, each going on with the last.",
        discussion: """
            Ctrl-C stops an answer; /help lists the commands. Piped in, each line is a question:
              printf '%s\\n' "how long does tea steep?" "and green tea?" | lore chat
            With --json each answer is a line of its own.
            """)

    @Option(help: "Go on with the conversation of this id, or of the id that begins so.")
    var conversation: String?

    @Option(
        name: .shortAndLong,
        help: "The model that answers: provider:name, or extractive (default).")
    var model: String?

    @OptionGroup var writing: WritingOptions

    @OptionGroup var syncOption: SyncOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let knowledgeBase = try await global.knowledgeBase()
        try await syncOption.bringChanges(into: knowledgeBase, embeds: true, global)
        let reader = reader(knowledgeBase.configuration)
        let output = ChatOutput(isQuiet: global.quiet, isJSON: global.json)
        var session = try ChatSession(
            of: knowledgeBase, reader: reader, output: output, model: model,
            conversation: conversation, writing: writing)
        if reader.isInteractive {
            output.say(["\(session.answering) answers; /help lists the commands, Ctrl-D ends"])
        }
        try await session.run()
        if reader.isInteractive, let id = session.conversation {
            output.say(["to go on: lore chat --conversation \(id)"])
        }
    }

    /// Lines are edited where there is a terminal that can; what is drawn there goes to stderr.
    private func reader(_ configuration: Configuration) -> any LineReader {
        let isInteractive = isatty(STDIN_FILENO) == 1 && Output.error.isTerminal
        let terminal = ProcessInfo.processInfo.environment["TERM", default: "dumb"]
        guard isInteractive && terminal != "dumb" && !terminal.isEmpty,
            let lines = EditedLines(
                file: configuration.cacheDirectory.appending(path: "chat-history"))
        else { return PlainLines(isInteractive: isInteractive) }
        return lines
    }
}

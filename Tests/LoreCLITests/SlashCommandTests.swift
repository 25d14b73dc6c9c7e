import LoreCore
import Testing

@testable import LoreCLI

@Suite struct SlashCommandTests {
    @Test(arguments: [
        ("/sources", SlashCommand.sources), ("/open 3", .open(3)), ("/open   3 ", .open(3)),
        ("/cost", .cost), ("/compact", .compact), ("/expand", .expand), ("/new", .new),
        ("/model", .model(nil)),
        ("/model ollama:qwen3", .model("ollama:qwen3")), ("/help", .help), ("/quit ", .quit),
    ])
    func `a command is read`(line: String, command: SlashCommand) throws {
        #expect(try SlashCommand(line) == command)
    }

    @Test(arguments: ["", "how long?", " /quit", "and/or?"])
    func `a line that does not begin with a slash is a question`(line: String) throws {
        #expect(try SlashCommand(line) == nil)
    }

    @Test(arguments: [
        ("/suorces", "there is no command '/suorces'; did you mean '/sources'?"),
        ("/Quit", "there is no command '/Quit'; did you mean '/quit'?"),
        (
            "/etc/hosts says what?",
            "there is no command '/etc/hosts'; /help lists them; "
                + "a question that begins with / needs a space before it"
        ),
        (
            "/",
            "there is no command '/'; /help lists them; "
                + "a question that begins with / needs a space before it"
        ),
        ("/open", "'/open' is written /open N"), ("/open two", "'/open' is written /open N"),
        ("/open 1 2", "'/open' is written /open N"),
        ("/model a b", "'/model' is written /model [NAME]"),
        ("/new one", "'/new' is written /new"),
    ])
    func `a mistake is told with what was meant`(line: String, words: String) {
        let error = #expect(throws: ChatError.self) { try SlashCommand(line) }
        #expect(error?.description == words)
        #expect(error?.category == .invalidInput)
    }

    @Test func `what is not there yet is told`() {
        let errors: [ChatError] = [
            .nothingAsked, .nothingCited, .noSource(number: 7, numbers: [1, 3]),
        ]
        #expect(
            errors.map(\.description) == [
                "nothing was asked in this conversation yet",
                "the last answer cites nothing; /expand shows the conversation",
                "the last answer has no source 7; it has 1, 3",
            ])
        #expect(errors.allSatisfy { $0.category == .notFound })
    }
}

import Foundation
import Lore
import LoreCore
import Synchronization
import TestSupport
import Testing

@testable import LoreCLI

@Suite struct ChatSessionTests {
    private let question = "How many minutes should tea steep?"

    /// Notes in an index of their own, and files for what a session shows.
    private struct Desk {
        let folder: TemporaryFolder
        let knowledgeBase: KnowledgeBase

        init() async throws {
            folder = try TemporaryFolder()
            try folder.write(
                "# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n", to: "notes/tea.md")
            let url = folder.url
            knowledgeBase = KnowledgeBase(
                configuration: Configuration(
                    database: url.appending(path: "lore.db"),
                    modelsDirectory: url.appending(path: "models"),
                    cacheDirectory: url.appending(path: "cache")))
            _ = try await knowledgeBase.index(
                IndexRequest(folders: [url.appending(path: "notes").path]))
        }

        /// What a session of these lines shows, and the session after them.
        func run(
            _ lines: String..., conversation: String? = nil
        ) async throws -> (results: String, notices: String, session: ChatSession) {
            let files = try ["results", "notices"].map { try folder.write("", to: $0) }
            let handles = try files.map { try FileHandle(forWritingTo: $0) }
            let outputs = handles.map { Output(descriptor: $0.fileDescriptor) }
            var session = try ChatSession(
                of: knowledgeBase, reader: ScriptedLines(lines),
                output: ChatOutput(
                    results: outputs[0], notices: outputs[1], isQuiet: false, isJSON: false),
                conversation: conversation)
            try await session.run()
            let shown = try files.map { try String(contentsOf: $0, encoding: .utf8) }
            withExtendedLifetime(handles) {}
            return (shown[0], shown[1], session)
        }
    }

    @Test func `questions of a session are turns of one conversation`() async throws {
        let desk = try await Desk()

        let session = try await desk.run(question, "", "  ", "Which water for tea?").session

        let id = try #require(session.conversation)
        let (_, turns) = try desk.knowledgeBase.turns(ofConversation: id)
        #expect(turns.map(\.question) == [question, "Which water for tea?"])
    }

    @Test func `a conversation that was kept is gone on with, its sources too`() async throws {
        let desk = try await Desk()
        let id = try #require(try await desk.run(question).session.conversation)

        let (results, notices, session) = try await desk.run(
            "/sources", question, conversation: String(id.prefix(8)))

        #expect(results.hasPrefix("[1] tea.md:3\n    > Steep it for four minutes.\n"))
        #expect(notices.contains("going on with conversation \(id), 1 turn; /expand shows them"))
        #expect(session.conversation == id)
        #expect(try desk.knowledgeBase.turns(ofConversation: id).turns.count == 2)
    }

    @Test func `/new begins another conversation`() async throws {
        let desk = try await Desk()

        let (_, notices, session) = try await desk.run(question, "/new", "/sources", question)

        #expect(try desk.knowledgeBase.conversations().map(\.turns) == [1, 1])
        #expect(session.conversation == (try desk.knowledgeBase.conversations().first?.id))
        #expect(notices.contains("lore: nothing was asked in this conversation yet\n"))
    }

    @Test func `/open shows what is cited with the lines around it`() async throws {
        let desk = try await Desk()

        let (results, notices, _) = try await desk.run(question, "/open 1", "/open 9")

        #expect(
            results.hasSuffix(
                """
                [1] tea.md:3
                  1  # Tea
                  2\("  ")
                > 3  Steep it for four minutes.
                  4\("  ")
                  5  Use soft water.

                """), "\(results)")
        #expect(notices.contains("lore: the last answer has no source 9; it has 1"))
    }

    @Test func `/expand shows the turns with their numbers`() async throws {
        let desk = try await Desk()

        let results = try await desk.run(question, question, "/expand").results

        #expect(results.contains("turn 1 of 2\n> \(question)\n"))
        #expect(results.contains("turn 2 of 2\n> \(question)\n"))
    }

    @Test func `/compact says what it did, and /expand shows the turns behind the summary`()
        async throws
    {
        let desk = try await Desk()

        let (results, notices, session) = try await desk.run(
            "/compact", question, "/compact", question, question, "/compact", "/expand")

        #expect(notices.contains("lore: nothing was asked in this conversation yet\n"))
        #expect(
            notices.contains(
                "lore: there is nothing to summarize: the last 2 turns go whole, and there are 1"))
        #expect(
            notices.contains(
                /lore: turn 1 summarized by extractive: about \d+ tokens of earlier turns go with the next question instead of \d+\n/
            ))
        let id = try #require(session.conversation)
        #expect(
            notices.hasSuffix(
                """
                lore: nothing is deleted; /expand shows the turns
                lore: 2 later turns are not in the summary; `lore conversations show \(id)` shows all

                """), "\(notices)")
        #expect(
            results.contains(
                """
                summary of turn 1 by extractive
                Steep it for four minutes [tea.md:3].
                Use soft water [tea.md:5].

                turn 1 of 3
                > \(question)

                """), "\(results)")
        #expect(!results.contains("turn 2 of 3"))
    }

    @Test func `an error is told, and the next line answered`() async throws {
        let desk = try await Desk()

        let (results, notices, _) = try await desk.run(
            "/modle", "/model nobody:x", "/model", "/cost", question)

        #expect(notices.contains("lore: there is no command '/modle'; did you mean '/model'?\n"))
        #expect(notices.contains("'nobody:x'"))
        #expect(results.hasPrefix("extractive\nSteep it for four minutes. [1]"), "\(results)")
    }

    @Test func `/quit ends it`() async throws {
        let desk = try await Desk()

        let (results, _, session) = try await desk.run("/quit", question)

        #expect(results.isEmpty)
        #expect(session.conversation == nil)
    }

    @Test func `a model or a conversation that is none ends it before it begins`() async throws {
        let desk = try await Desk()
        let output = ChatOutput(isQuiet: true, isJSON: false)

        #expect(throws: KnowledgeBaseError.unknownChatModel(name: "nobody")) {
            try ChatSession(
                of: desk.knowledgeBase, reader: ScriptedLines([]), output: output, model: "nobody")
        }
        await #expect(throws: KnowledgeBaseError.unknownConversation(id: "x")) {
            try await desk.run(conversation: "x")
        }
    }
}

/// The lines that a test has a person type.
private final class ScriptedLines: LineReader {
    let isInteractive = true
    private let lines: Mutex<[String]>

    init(_ lines: [String]) { self.lines = Mutex(lines.reversed()) }

    func next() async -> String? { lines.withLock { $0.popLast() } }

    func leave() {}
}

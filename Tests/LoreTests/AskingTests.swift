import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

@Suite struct AskingTests {
    private let question = AskingNotes.question

    private func request(_ model: String) -> AskRequest { AskRequest(question, model: model) }

    @Test(arguments: AskingNotes.models)
    func `every provider's answer is cited, quoted and counted`(model: String) async throws {
        let notes = try await AskingNotes()
        let usage = TokenUsage(inputTokens: 1200, outputTokens: 40)
        notes.provider.next(
            .say(
                ScriptedReply(
                    pieces: ["Steep it for ", "four minutes [", "1", "]", " [7]."], usage: usage),
                ScriptedDelivery(pieceBytes: 3)))

        let (events, error) = await notes.events(request(model))

        #expect(error == nil)
        let answer = try #require(events.answer)
        #expect(answer.text == "Steep it for four minutes [1].")
        #expect(answer.state == .grounded)
        #expect(answer.citations.map(\.quote) == ["Steep it for four minutes."])
        #expect(answer.citations.map(\.path) == ["tea.md"])
        #expect(answer.citations.map(\.range.lines) == [3...3])
        #expect(answer.model == model)
        #expect(answer.usage.inputTokens == 1200)
        #expect(answer.usage.outputTokens == 40)
        #expect(answer.finish == .stop)
    }

    @Test(arguments: AskingNotes.models + [Configuration.extractive])
    func `the whole answer is the end of its events`(model: String) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("Steep it for four minutes [1]. ", "Soft water [1].")))

        let (events, _) = await notes.events(request(model))

        let answer = try #require(events.answer)
        #expect(
            events.names.filter { $0 != "sent" } == [
                "started", "sources", "text", "citation", "usage", "finished",
            ])
        #expect(events.text == answer.text)
        #expect(events.citations == answer.citations)
        #expect(events.sources == answer.passages)
    }

    @Test func `a known price is added up, an unknown one is absent`() async throws {
        let notes = try await AskingNotes()
        let usage = TokenUsage(inputTokens: 1_000_000, outputTokens: 100_000)
        let reply = ScriptedReply(pieces: ["Four minutes [1]."], usage: usage)
        notes.provider.next(.say(reply), .say(reply))

        let known = try await notes.knowledgeBase.ask(request("anthropic:claude-haiku-4-5"))
        let unknown = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(known.usage.cost == 1.5)
        #expect(unknown.usage.cost == nil)
    }

    @Test func `what the notes do not say costs nothing`() async throws {
        let notes = try await AskingNotes()

        let (events, _) = await notes.events(
            AskRequest("Who won the chess olympiad?", model: "openai:gpt-6.1-sol"))

        #expect(events.answer?.state == .notFound)
        #expect(events.answer?.usage == Usage.none)
        #expect(events.names == ["started", "sources", "usage", "finished"])
        #expect(notes.provider.server.log.requests.isEmpty)
    }

    @Test func `a model that finds no answer in the passages says not found`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("The notes ", "do not say.")))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.state == .notFound)
        #expect(answer.text == "The notes do not say.")
    }

    @Test(
        arguments: [
            ("Tea is best hot.", "nothing in the notes is cited for this answer"),
            ("[1]", "the model only named passages and said nothing"),
            ("- [1]\n- [2].", "the model only named passages and said nothing"),
            (
                "Four minutes [1]. I like it strong.",
                "for a part of this answer nothing in the notes is cited"
            ),
        ])
    func `what no note supports is said plainly`(text: String, notice: String) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text(text)))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.state == .ungrounded)
        #expect(answer.notices.contains(notice))
    }

    @Test func `a note that has changed since is not quoted as it stands`() async throws {
        let notes = try await AskingNotes()
        try notes.folder.write("# Tea\n\nNo more tea.\n", to: "notes/tea.md")
        notes.provider.next(.say(.text("Steep it for four minutes [1].")))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.state == .ungrounded)
        #expect(answer.citations.map(\.verified) == [false])
    }

    @Test func `notes stand in the user's turn, the program's words in the system's`() async throws
    {
        let notes = try await AskingNotes()
        _ = try await notes.knowledgeBase.ask(request("anthropic:claude-haiku-4-5"))

        let body = try #require(try notes.provider.bodies.first)
        let system = try #require(body["system"]?.text)
        #expect(!system.contains("Steep it"))
        #expect(body["messages"]?.text.contains("Steep it for four minutes.") == true)
    }

    @Test func `a request that is too long is sent once more with fewer passages`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .fail(.contextTooLong), .say(.text("Four minutes.")))

        let (events, error) = await notes.events(request("openai:gpt-6.1-sol"))

        #expect(error == nil)
        #expect(events.text == "Four minutes.")
        #expect(notes.provider.server.log.requests.count == 2)
    }

    @Test func `a request that is too long twice is the provider's error`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.fail(.contextTooLong), .fail(.contextTooLong))

        let (_, error) = await notes.events(request("openai:gpt-6.1-sol"))

        #expect((error as? any LoreError)?.category == .unavailable)
        #expect(notes.provider.server.log.requests.count == 2)
    }

    @Test func `passages that the window does not hold are left out, and that is said`()
        async throws
    {
        let name = "compatible:small"
        let notes = try await AskingNotes { configuration in
            configuration.chatModels = [name: ModelOverride(window: 1_200)]
            configuration.maxTokens = 600
        }
        for number in 1...6 {
            try notes.folder.write(
                "# Tea \(number)\n\n"
                    + String(repeating: "Steep tea for \(number) minutes. ", count: 12),
                to: "notes/tea-\(number).md")
        }
        let knowledgeBase = notes.knowledgeBase
        _ = try await knowledgeBase.index(IndexRequest())
        notes.provider.next(.say(.text("Four minutes [1].")))

        let answer = try await knowledgeBase.ask(
            AskRequest("Steep tea, minutes?", model: name))

        #expect(answer.passages.count < 7)
        #expect(answer.notices.contains { $0.hasSuffix("did not fit into the model's window") })
        #expect(try notes.provider.bodies.first?["max_tokens"]?.int == 600)
    }

    @Test func `an answer that was cut says so`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(ScriptedReply(pieces: ["Four min"], finish: .length)))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.finish == .length)
        #expect(answer.notices.contains { $0.hasPrefix("the answer was cut after") })
    }

    @Test func `an attached text is sent with the question, also where the notes do not say`()
        async throws
    {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("Costs rise.")))

        let answer = try await notes.knowledgeBase.ask(
            AskRequest("Which risks?", model: "ollama:qwen3", attachment: "Risk: costs rise."))

        #expect(answer.state == .ungrounded)
        #expect(answer.text == "Costs rise.")
        let turn = try #require(try notes.provider.bodies.first?["messages"]?.text)
        #expect(turn.contains("Risk: costs rise."))
        #expect(!turn.contains("Steep"))
    }

    @Test(
        arguments: [
            (ScriptedFailure.wrongKey, "OpenAI does not accept the key"),
            (.quotaSpent, "the quota or credit at OpenAI is spent"),
            (.unknownModel, "OpenAI has no model 'gpt-6.1-sol'"),
            (.overloaded, "OpenAI is overloaded"),
        ])
    func `a provider's failure is unavailable, in its words`(
        failure: ScriptedFailure, message: String
    ) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.fail(failure))

        let (_, error) = await notes.events(request("openai:gpt-6.1-sol"))

        let known = try #require(error as? any LoreError)
        #expect(known.message == message)
        #expect(known.category == .unavailable)
    }

    @Test func `a model without its key is refused before anything is sent`() async throws {
        let notes = try await AskingNotes { $0.providers = ProviderVariables() }

        let (events, error) = await notes.events(request("openai:gpt-6.1-sol"))

        #expect(events.isEmpty)
        #expect(
            (error as? any LoreError)?.description
                == "OpenAI needs a key; set OPENAI_API_KEY in the environment")
    }

    @Test func `keys show in no description of the settings`() async throws {
        let notes = try await AskingNotes()
        var shown = ""
        dump(notes.configuration, to: &shown)

        #expect(!shown.contains("sk-test"))
        #expect(!"\(notes.configuration)".contains("sk-test"))
        #expect(!String(reflecting: notes.configuration.providers).contains("sk-test"))
    }

    @Test func `who lets go of the events ends the request`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(.text("Four ", "minutes"), ScriptedDelivery(events: 2, ending: .hang)))

        for try await event in notes.knowledgeBase.answer(request("openai:gpt-6.1-sol")) {
            if case .text = event { break }
        }

        await notes.provider.server.wait { $0.peerCloses == 1 }
    }
}

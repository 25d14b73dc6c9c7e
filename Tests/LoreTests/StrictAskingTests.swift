import Foundation
import LoreChat
import LoreCore
import TestSupport
import Testing

@testable import Lore

@Suite struct StrictAskingTests {
    private let models = AskingNotes.models

    private func request(_ model: String, form: AnswerForm = .strict) -> AskRequest {
        var request = AskRequest(AskingNotes.question, model: model)
        request.form = form
        return request
    }

    private func statements(_ statements: (text: String, sources: [String])...) -> String {
        let list = statements.map { statement -> JSONValue in
            [
                "text": .string(statement.text),
                "sources": .array(statement.sources.map { .string($0) }),
            ]
        }
        return JSONValue.object([JSONMember("statements", .array(list))]).text
    }

    private func letters(_ text: String) -> ScriptedReply {
        ScriptedReply(pieces: text.map { String($0) })
    }

    /// The IDs that a request lets a model cite.
    private func ids(in body: JSONValue) throws -> [String] {
        let list = try #require(body.text.split(separator: #""enum":"#).last)
        let end = try #require(list.firstIndex(of: "]"))
        return try JSONValue(parsing: String(list[...end])).elements?.compactMap(\.string) ?? []
    }

    @Test(arguments: AskingNotes.models)
    func `every provider is held to the sentences of the passages`(model: String) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(
                letters(
                    statements(("Steep it four minutes.", ["1.1"]), ("Soft water.", ["1.2"]))),
                ScriptedDelivery(pieceBytes: 3)))

        let (events, error) = await notes.events(request(model))

        #expect(error == nil)
        let answer = try #require(events.answer)
        #expect(answer.text == "Steep it four minutes. [1] Soft water. [1]")
        #expect(answer.state == .grounded)
        #expect(
            answer.citations.map(\.quote) == ["Steep it for four minutes.", "Use soft water."])
        #expect(answer.citations.map(\.range.lines) == [3...3, 5...5])
        #expect(answer.citations.allSatisfy { $0.verified && $0.number == 1 })
        #expect(answer.usage.outputTokens > 0)
        let body = try #require(try notes.provider.bodies.first)
        #expect(try ids(in: body) == ["1.1", "1.2"])
    }

    @Test(arguments: AskingNotes.models)
    func `statements are shown as they are completed, and the events end in the whole answer`(
        model: String
    ) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(letters(statements(("Four minutes.", ["1.1"]), ("Soft water.", ["1.2"])))))

        let (events, _) = await notes.events(request(model))

        let pieces = events.compactMap { event -> String? in
            if case .text(let piece) = event { piece } else { nil }
        }
        #expect(pieces == ["Four minutes. [1]", " Soft water. [1]"])
        #expect(events.text == events.answer?.text)
        #expect(events.citations == events.answer?.citations)
        #expect(
            events.names == [
                "started", "sources", "sent", "text", "citation", "usage", "finished",
            ])
    }

    @Test func `a statement is shown before the next is written`() async throws {
        let notes = try await AskingNotes()
        let first = #"{"statements":[{"text":"Four minutes.","sources":["1.1"]}"#
        notes.provider.next(
            .say(
                .text(first, #",{"text":"So"#), ScriptedDelivery(events: 3, ending: .hang)))

        var shown = ""
        for try await event in notes.knowledgeBase.answer(request("ollama:qwen3")) {
            if case .text(let piece) = event {
                shown += piece
                break
            }
        }

        #expect(shown == "Four minutes. [1]")
    }

    @Test(arguments: AskingNotes.models)
    func `an empty list means that the notes do not say`(model: String) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text(#"{"statements""#, ": []}")))

        let answer = try await notes.knowledgeBase.ask(request(model))

        #expect(answer.state == .notFound)
        #expect(answer.text.isEmpty)
        #expect(answer.citations.isEmpty)
    }

    @Test func `a statement is cited with the sentence that says it, whatever the model names`()
        async throws
    {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(
                .text(
                    statements(
                        ("Use soft water for it.", ["1.1"]), ("Boil it for 9 minutes.", ["1.1"])))))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.text == "Use soft water for it. [1] Boil it for 9 minutes.")
        #expect(answer.citations.map(\.quote) == ["Use soft water."])
        #expect(answer.state == .ungrounded)
    }

    @Test func `a model that only repeats the question has said nothing`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(.text(statements(("How many minutes should tea steep?", ["1.1"])))))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.text.isEmpty)
        #expect(answer.state == .ungrounded)
        #expect(answer.notices.contains("the model only repeated the question"))
    }

    @Test func `IDs that no sentence has are dropped, and the answer is not grounded`()
        async throws
    {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(
                .text(
                    statements(
                        ("Four minutes.", ["1.1", "7.1"]), ("With milk [1].", ["1.9"])))))

        let answer = try await notes.knowledgeBase.ask(request("compatible:any"))

        #expect(answer.text == "Four minutes. [1] With milk.")
        #expect(answer.citations.map(\.quote) == ["Steep it for four minutes."])
        #expect(answer.state == .ungrounded)
        #expect(
            answer.notices.contains("for a part of this answer nothing in the notes is cited"))
    }

    @Test func `a reply without a list is an error with its text`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("Four minutes [1].")))

        let (events, error) = await notes.events(request("compatible:any"))

        #expect(events.text.isEmpty)
        #expect(error as? StructuredOutputError == .noStatements(text: "Four minutes [1]."))
        #expect(
            (error as? any LoreError)?.description
                == "the model was asked for a list of statements and replied: Four minutes [1].; "
                + "ask without --strict, or try another model")
    }

    @Test func `an equal question is answered by the list that was kept, and only by a list`()
        async throws
    {
        let notes = try await AskingNotes()
        let good = statements(("Four minutes.", ["1.1"]))
        notes.provider.next(.say(.text("No list.")), .say(.text(good)))

        let (_, error) = await notes.events(request("ollama:qwen3"))
        let asked = try await notes.knowledgeBase.ask(request("ollama:qwen3"))
        let kept = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(error != nil)
        #expect(!asked.isCached)
        #expect(kept.isCached)
        #expect(kept.text == asked.text)
        #expect(kept.citations == asked.citations)
        #expect(notes.provider.server.log.requests.count == 2)
    }

    @Test func `an answer that was cut keeps its whole statements and says so`() async throws {
        let notes = try await AskingNotes()
        let cut = #"{"statements":[{"text":"Four minutes.","sources":["1.1"]},{"text":"So"#
        notes.provider.next(
            .say(ScriptedReply(pieces: [cut], finish: .length)),
            .say(ScriptedReply(pieces: ["{\"state"], finish: .length)))

        let some = try await notes.knowledgeBase.ask(request("ollama:qwen3"))
        let none = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(some.text == "Four minutes. [1]")
        #expect(none.text.isEmpty)
        #expect(none.state == .ungrounded)
        for answer in [some, none] {
            #expect(answer.notices.contains { $0.hasPrefix("the answer was cut after") })
        }
    }

    @Test func `a note that has changed since is not quoted as it stands`() async throws {
        let notes = try await AskingNotes()
        try notes.folder.write("# Tea\n\nNo more tea.\n", to: "notes/tea.md")
        notes.provider.next(.say(.text(statements(("Four minutes.", ["1.1"])))))

        let answer = try await notes.knowledgeBase.ask(request("ollama:qwen3"))

        #expect(answer.state == .ungrounded)
        #expect(answer.citations.map(\.verified) == [false])
    }

    @Test func `a request that is too long is sent once more with fewer passages`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .fail(.contextTooLong), .say(.text(statements(("Four minutes.", ["1.1"])))))

        let (events, error) = await notes.events(request("openai:gpt-6.1-sol"))

        #expect(error == nil)
        #expect(events.text == "Four minutes. [1]")
        #expect(notes.provider.server.log.requests.count == 2)
    }

    @Test func `a model that cannot be held to a list is refused before anything is sent`()
        async throws
    {
        let notes = try await AskingNotes { configuration in
            var values = configuration.providers.values
            values["GROQ_API_KEY"] = "sk-test-groq"
            configuration.providers = ProviderVariables(values)
        }

        let (events, error) = await notes.events(request("groq:llama"))

        #expect(events.isEmpty)
        #expect(
            (error as? any LoreError)?.description
                == "'groq:llama' cannot be held to a strict answer; ask without strict, or name a "
                + "model of openai, anthropic, gemini, ollama, together, mistral, compatible, "
                + "or 'extractive'")
        #expect((error as? any LoreError)?.category == .invalidInput)
    }

    @Test func `the built-in answerer is strict already`() async throws {
        let notes = try await AskingNotes()

        let answer = try await notes.knowledgeBase.ask(request(Configuration.extractive))

        #expect(answer.state == .grounded)
        #expect(answer.text.contains("Steep it for four minutes. [1]"))
    }

    @Test func `what the notes do not say is not asked of a model`() async throws {
        let notes = try await AskingNotes()
        var request = request("openai:gpt-6.1-sol")
        request.question = "Who won the chess olympiad?"

        #expect(try await notes.knowledgeBase.ask(request).state == .notFound)
        #expect(notes.provider.server.log.requests.isEmpty)
    }

    @Test func `what is sent is told with the list`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text(#"{"statements":[]}"#)))

        let (events, _) = await notes.events(request("ollama:qwen3"))

        let sent = events.compactMap { event -> SentContext? in
            if case .sent(let context) = event { context } else { nil }
        }
        let body = try #require(try notes.provider.bodies.first)
        #expect(sent.map(\.schema) == [body["format"]?.text])
        #expect(sent.first?.messages.last?.text.contains("1.1 Steep it for four minutes.") == true)
    }
}

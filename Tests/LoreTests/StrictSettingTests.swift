import LoreChat
import LoreCore
import TestSupport
import Testing

@testable import Lore

/// Whether an answer is strict that is not asked for in any form.
@Suite struct StrictSettingTests {
    private static let list =
        #"{"statements":[{"sources":["1.1"],"text":"Four minutes."}]}"#

    private func notes(_ choice: AutomaticChoice) async throws -> AskingNotes {
        try await AskingNotes { $0.strict = choice }
    }

    private func isStrict(_ notes: AskingNotes, _ request: AskRequest) async throws -> Bool {
        notes.provider.next(.say(.text(Self.list)))
        _ = try await notes.knowledgeBase.ask(request)
        return try #require(try notes.provider.bodies.last).text.contains(#""statements":"#)
    }

    @Test func `a model on this machine is held to a list without being told`() async throws {
        let notes = try await notes(.auto)
        notes.provider.next(.say(.text(Self.list)))

        let answer = try await notes.knowledgeBase.ask(
            AskRequest(AskingNotes.question, model: "ollama:qwen3"))

        #expect(answer.text == "Four minutes. [1]")
        #expect(answer.state == .grounded)
    }

    @Test(arguments: [
        (AutomaticChoice.auto, true), (.on, true), (.off, false),
    ])
    func `the setting says whether it is`(choice: AutomaticChoice, isStrict: Bool) async throws {
        let request = AskRequest(AskingNotes.question, model: "ollama:qwen3")

        #expect(try await self.isStrict(notes(choice), request) == isStrict)
    }

    @Test func `what is asked for in a form, with tools or about another text is free`()
        async throws
    {
        let notes = try await notes(.auto)
        var request = AskRequest(AskingNotes.question, model: "ollama:qwen3")
        request.form = .text
        #expect(try await !isStrict(notes, request))

        request.form = nil
        request.usesNoteTools = true
        #expect(try await !isStrict(notes, request))

        request.usesNoteTools = nil
        request.attachment = "A diary."
        #expect(try await !isStrict(notes, request))
    }

    @Test func `what the user said is answered in free text, for it has no sentences to cite`()
        async throws
    {
        let notes = try await notes(.auto)
        _ = try await notes.knowledgeBase.ask(
            AskRequest("My boat is called Skua.", model: "ollama:qwen3"))
        notes.provider.next(.say(.text("What is my boat called?")), .say(.text("It is Skua.")))

        let answer = try await notes.knowledgeBase.ask(
            AskRequest(
                "What is my boat called?", model: "ollama:qwen3", conversation: .latest))

        #expect(answer.text == "It is Skua.")
        #expect(answer.state == .ungrounded)
    }

    @Test func `a server that heeds no schema is asked once more, in free text`() async throws {
        let notes = try await notes(.auto)
        notes.provider.next(.say(.text("Four minutes.")), .say(.text("Four minutes [1].")))

        let (events, error) = await notes.events(
            AskRequest(AskingNotes.question, model: "compatible:any"))

        #expect(error == nil)
        #expect(events.text == "Four minutes [1].")
        let answer = try #require(events.answer)
        #expect(answer.state == .grounded)
        #expect(answer.notices.contains { $0.hasPrefix("compatible:any does not keep to a list") })
        let bodies = try notes.provider.bodies
        #expect(bodies.map { $0["response_format"] == nil } == [false, true])
    }

    @Test func `a server that refuses the schema is, too`() async throws {
        let notes = try await notes(.auto)
        notes.provider.next(.fail(.badRequest), .say(.text("Four minutes [1].")))

        let answer = try await notes.knowledgeBase.ask(
            AskRequest(AskingNotes.question, model: "compatible:any"))

        #expect(answer.text == "Four minutes [1].")
    }

    @Test func `set on, it holds for a model that cannot be held to a list, which is refused`()
        async throws
    {
        let notes = try await AskingNotes {
            $0.strict = .on
            var values = $0.providers.values
            values["GROQ_API_KEY"] = "sk-test-groq"
            $0.providers = ProviderVariables(values)
        }

        let (_, error) = await notes.events(AskRequest(AskingNotes.question, model: "groq:llama"))

        #expect((error as? any LoreError)?.message.contains("cannot be held") == true)
    }
}

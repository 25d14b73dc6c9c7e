import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

@Suite struct ConversationTests {
    private let model = "anthropic:claude-haiku-4-5"

    private func request(
        _ question: String = AskingNotes.question, model: String? = nil,
        in conversation: AskRequest.Conversation = .new
    ) -> AskRequest {
        AskRequest(question, model: model, conversation: conversation)
    }

    @Test(arguments: [Configuration.extractive, "anthropic:claude-haiku-4-5"])
    func `an answer is kept as it was given`(model: String) async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("Steep it for four minutes [1].")))

        let answer = try await notes.knowledgeBase.ask(request(model: model))

        let (_, turns) = try notes.knowledgeBase.turns(ofConversation: answer.conversationID)
        let turn = try #require(turns.first)
        #expect(turns.count == 1)
        #expect(turn.answerID == answer.id)
        #expect(turn.question == AskingNotes.question)
        #expect(turn.answer == answer.text)
        #expect(turn.state == .grounded)
        #expect(turn.citations == answer.citations)
        #expect(turn.usage == answer.usage)
        #expect(turn.model == model)
    }

    @Test func `a question goes on with the last conversation or a named one`() async throws {
        let notes = try await AskingNotes()
        let first = try await notes.knowledgeBase.ask(request())
        let second = try await notes.knowledgeBase.ask(request("Which water for tea?"))

        let latest = try await notes.knowledgeBase.ask(request(in: .latest))
        let named = try await notes.knowledgeBase.ask(
            request(in: .named(String(first.conversationID.prefix(13)))))

        #expect(first.conversationID != second.conversationID)
        #expect(latest.conversationID == second.conversationID)
        #expect(named.conversationID == first.conversationID)
        let list = try notes.knowledgeBase.conversations()
        #expect(list.map(\.id) == [first.conversationID, second.conversationID])
        #expect(list.map(\.turns) == [2, 2])
    }

    @Test func `what goes on must be there`() async throws {
        let notes = try await AskingNotes()

        await #expect(throws: KnowledgeBaseError.noConversation) {
            try await notes.knowledgeBase.ask(request(in: .latest))
        }
        await #expect(throws: KnowledgeBaseError.unknownConversation(id: "x")) {
            try await notes.knowledgeBase.ask(request(in: .named("x")))
        }
        #expect(throws: KnowledgeBaseError.unknownConversation(id: "")) {
            try notes.knowledgeBase.deleteConversation("")
        }
    }

    @Test func `a deleted conversation is gone, what it cost stays`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(.text("Four minutes [1].")))
        let answer = try await notes.knowledgeBase.ask(request(model: model))

        try notes.knowledgeBase.deleteConversation(answer.conversationID)

        #expect(try notes.knowledgeBase.conversations().isEmpty)
        #expect(try notes.knowledgeBase.costs().count == 1)
    }

    @Test func `an answer that breaks off is kept so far, as cut`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(.text("Steep it ", "for four "), ScriptedDelivery(events: 4, ending: .cut)))

        let (events, error) = await notes.events(request(model: model))

        #expect(error != nil)
        let text = events.text
        #expect(!text.isEmpty)
        let knowledgeBase = notes.knowledgeBase
        let id = try #require(try knowledgeBase.conversations().first?.id)
        let turn = try #require(try knowledgeBase.turns(ofConversation: id).turns.first)
        #expect(turn.isCut)
        #expect(turn.answer == text)
    }

    @Test(arguments: [
        (AnswerForm.text, "At A, not B [1]."),
        (.strict, #"{"statements":[{"text":"At A, not B","sources":["1.1"]}]}"#),
        (.value(ReplySchema(name: "answer", schema: ["type": "object"])), #"{"at":"A, B"}"#),
    ])
    func `an address of an earlier turn that goes along may be repeated`(
        form: AnswerForm, reply: String
    ) async throws {
        let notes = try await AskingNotes()
        let (known, evil) = ("https://tea.example/steep", "https://evil.example/?q=four")
        let written = reply.replacing("A", with: known).replacing("B", with: evil)
        notes.provider.next(
            .say(.text(AskingNotes.question)), .say(.text(written)))
        let first = try await notes.knowledgeBase.ask(
            request("I go to \(known).", model: model))

        var next = request(model: model, in: .named(first.conversationID))
        next.form = form
        let answer = try await notes.knowledgeBase.ask(next)

        #expect(first.state == .notFound)
        #expect(answer.text.contains(known), "\(answer.text)")
        #expect(!answer.text.contains("evil.example"))
    }

    @Test func `turns of one conversation are answered one after another`() async throws {
        let notes = try await AskingNotes()
        let knowledgeBase = notes.knowledgeBase
        let first = try await knowledgeBase.ask(request())

        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    _ = try await knowledgeBase.ask(request(in: .named(first.conversationID)))
                }
            }
            try await group.waitForAll()
        }

        let (_, turns) = try knowledgeBase.turns(ofConversation: first.conversationID)
        #expect(turns.map(\.number) == Array(1...9))
        #expect(turns.allSatisfy { $0.state == .grounded })
    }

    @Test func `what cannot be kept is said once`() async throws {
        let journal = Journal(
            OpenedStore(path: "/dev/null/lore.db", writerTimeout: .zero, say: { _ in }))
        journal.write { _ in }

        let sentences = await journal.settle()

        #expect(sentences.count == 1)
        #expect(sentences.first?.hasPrefix("this could not be kept in the history: ") == true)
        #expect(await journal.settle().isEmpty)
    }
}

/// A conversation in which a question leans on the one before.
@Suite struct FollowUpTests {
    private let model = "anthropic:claude-haiku-4-5"

    @Test func `a follow-up is searched for with what it needs of earlier turns`() async throws {
        let notes = try await AskingNotes()
        _ = try await notes.knowledgeBase.ask(AskRequest("How many minutes should tea steep?"))

        let answer = try await notes.knowledgeBase.ask(
            AskRequest("And which water for it?", conversation: .latest))

        #expect(answer.question == "And which water for it?")
        #expect(answer.standaloneQuestion.hasPrefix("And which water for it? ("))
        #expect(answer.standaloneQuestion.contains("tea"))
        #expect(answer.citations.map(\.quote).contains("Use soft water."))
        #expect(
            answer.notices.contains("searched for: \(answer.standaloneQuestion)"))
        let id = answer.conversationID
        let turns = try notes.knowledgeBase.turns(ofConversation: id).turns
        #expect(turns.last?.standaloneQuestion == answer.standaloneQuestion)
    }

    @Test func `the ceiling of an answer holds for its rewriting, too`() async throws {
        let notes = try await AskingNotes()
        _ = try await notes.knowledgeBase.ask(AskRequest("How many minutes should tea steep?"))
        let usage = TokenUsage(inputTokens: 1_000_000, outputTokens: 0)
        notes.provider.next(
            .say(ScriptedReply(pieces: ["Which water for tea to steep?"], usage: usage)))
        var request = AskRequest(
            "And which water for it?", model: model, conversation: .latest)
        request.maxCost = 1.001

        let (_, error) = await notes.events(request)

        #expect((error as? KnowledgeBaseError)?.category == .costCeiling)
        #expect(notes.provider.server.log.requests.count == 1)
    }

    @Test func `what the user has said is answered from, though no note says it`() async throws {
        let notes = try await AskingNotes()
        let said = try await notes.knowledgeBase.ask(
            AskRequest("My boat is called Skua.", model: model))
        notes.provider.next(
            .say(.text("What is my boat called?")), .say(.text("Your boat is called Skua.")))

        let answer = try await notes.knowledgeBase.ask(
            AskRequest("What is my boat called?", model: model, conversation: .latest))

        #expect(said.state == .notFound)
        #expect(answer.text == "Your boat is called Skua.")
        #expect(answer.state == .ungrounded)
        #expect(answer.passages.isEmpty)
        #expect(answer.coverage?.read == 0)
        #expect(answer.coverage?.leftOut == 0)
        #expect(answer.notices.contains("nothing in the notes is cited for this answer"))
        let body = try #require(try notes.provider.bodies.last)
        #expect(body.text.contains("My boat is called Skua."))

        let quoted = try await notes.knowledgeBase.ask(
            AskRequest(
                "What is my boat called?", model: Configuration.extractive, conversation: .latest))
        #expect(quoted.state == .notFound)
    }
}

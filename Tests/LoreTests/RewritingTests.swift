import LoreChat
import LoreCore
import LoreStore
import TestSupport
import Testing

@testable import Lore

@Suite struct RewritingTests {
    private let model = "anthropic:claude-haiku-4-5"
    private let question = "and with milk?"
    private let turns = [
        ConversationTurn(
            number: 1, answerID: "a1", askedAt: "2026-11-25T10:00:00Z",
            question: AskingNotes.question, standaloneQuestion: AskingNotes.question,
            model: "extractive", state: .grounded, answer: "Steep it for four minutes [1].",
            citations: [], usage: .none)
    ]

    @Test func `the built-in answerer has words carried and sends nothing`() async throws {
        let notes = try await AskingNotes()

        let rewritten = try await notes.knowledgeBase.standalone(
            question, after: turns, answeredBy: Configuration.extractive)

        #expect(rewritten.standalone.question == question)
        #expect(
            rewritten.standalone.carried.map(\.text) == [
                AskingNotes.question, "Steep it for four minutes [1].",
            ])
        #expect(notes.provider.server.log.requests.isEmpty)
        #expect(rewritten.notices.isEmpty)
    }

    @Test func `the model that answers rewrites, and what it took is told`() async throws {
        let notes = try await AskingNotes()
        let usage = TokenUsage(inputTokens: 1_000_000, outputTokens: 100_000)
        notes.provider.next(
            .say(ScriptedReply(pieces: ["How long should tea ", "with milk steep?"], usage: usage)))

        let knowledgeBase = notes.knowledgeBase
        let purse = CostLedger.Purse(limit: nil)

        let rewritten = try await knowledgeBase.standalone(
            question, after: turns, answeredBy: model, from: purse)

        #expect(rewritten.standalone == StandaloneQuestion("How long should tea with milk steep?"))
        #expect(purse.spent == 1.5)
        _ = await knowledgeBase.settle()
        let cost = try #require(try knowledgeBase.costs().first)
        #expect(cost.model == model)
        #expect(cost.purpose == .rewrite)
        #expect(cost.usage == usage)
    }

    @Test func `the utility model is asked where one is set`() async throws {
        let notes = try await AskingNotes { $0.utilityModel = "ollama:qwen3" }
        notes.provider.next(.say(.text("How long should tea with milk steep?")))

        let knowledgeBase = notes.knowledgeBase

        _ = try await knowledgeBase.standalone(
            question, after: turns, answeredBy: Configuration.extractive)

        _ = await knowledgeBase.settle()
        #expect(try knowledgeBase.costs().map(\.model) == ["ollama:qwen3"])
    }

    @Test func `a provider's failure leaves the question with carried words and says so`()
        async throws
    {
        let notes = try await AskingNotes()
        notes.provider.next(.fail(.overloaded))

        let rewritten = try await notes.knowledgeBase.standalone(
            question, after: turns, answeredBy: model)

        #expect(rewritten.standalone.carried.count == 2)
        #expect(rewritten.notices.count == 1)
        #expect(rewritten.notices.first?.hasPrefix("\(model) did not make the question") == true)
    }

    @Test func `the first question of a conversation is asked as it is`() async throws {
        let notes = try await AskingNotes()

        let rewritten = try await notes.knowledgeBase.standalone(
            question, after: [], answeredBy: model)

        #expect(rewritten.standalone == StandaloneQuestion(question))
    }

    /// What no note says of submarines does not speak against a question about water.
    @Test func `a change of subject is as sure of its answer as it is alone`() async throws {
        let notes = try await AskingNotes()
        let knowledgeBase = notes.knowledgeBase
        let answerer = try knowledgeBase.answerer(
            try knowledgeBase.opened.reader(), embedder: nil)
        let carried = [CarriedText("How deep do submarines dive?", weight: 0.2)]

        let bare = Retriever.Question(text: "soft water?", mode: .lexical, meaning: nil)
        var asked = bare
        asked.carried = carried

        let verdict = try answerer.retrieved(asked, 3).verdict
        #expect(verdict.answers)
        #expect(try verdict == answerer.retrieved(bare, 3).verdict)
    }

    /// "milk" stands in no note; the question before leads to the note on tea.
    @Test func `what is carried finds the note that the question before found`() async throws {
        let notes = try await AskingNotes()
        let knowledgeBase = notes.knowledgeBase
        let rewritten = try await knowledgeBase.standalone(
            question, after: turns, answeredBy: Configuration.extractive)

        let asked = Retriever.Question(rewritten.standalone, mode: .lexical, meaning: nil)
        let bare = Retriever.Question(text: question, mode: .lexical, meaning: nil)
        let store = try knowledgeBase.opened.reader()
        let hits = try store.read {
            try knowledgeBase.retriever.hits(asked, limit: 3, in: $0).0.map(\.path)
        }
        let none = try store.read { try knowledgeBase.retriever.hits(bare, limit: 3, in: $0).0 }

        #expect(hits.first == "tea.md")
        #expect(none.isEmpty)
    }
}

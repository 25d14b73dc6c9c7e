import Foundation
import LoreCore
import LoreProviders
import LoreStore
import TestSupport
import Testing

@testable import Lore

@Suite(.timeLimit(.minutes(2))) struct CompactingTests {
    private static let model = "anthropic:claude-haiku-4-5"
    /// A dollar a million tokens in, 5 out.
    private static let summary = ScriptedReply(
        pieces: ["Tea steeps [tea.md:3]."],
        usage: TokenUsage(inputTokens: 1000, outputTokens: 100))

    /// A conversation of `count` turns, asked of no model.
    private func conversation(_ count: Int, in knowledgeBase: KnowledgeBase) throws -> String {
        for number in 1...count {
            try knowledgeBase.opened.keep { store in
                try store.open(
                    OpenedTurn(
                        conversationID: "c1", answerID: "a\(number)",
                        askedAt: "2026-12-01T10:00:00Z", question: "What of pot \(number)?",
                        standaloneQuestion: "What of pot \(number)?", model: Self.model))
                try store.close(answer(number))
            }
        }
        return "c1"
    }

    private func answer(_ number: Int) -> Answer {
        Answer(
            id: "a\(number)", conversationID: "c1", question: "What of pot \(number)?",
            standaloneQuestion: "What of pot \(number)?", state: .grounded, confidence: 1,
            text: "Pot \(number) holds \(number * 100) grams. "
                + String(repeating: "It is of clay and stands on the shelf. ", count: 8),
            citations: [], passages: [], model: Self.model, usage: .none, took: .zero)
    }

    private func messages(_ request: LoopbackRequest?) throws -> [String] {
        let body = try JSONValue(parsing: try #require(request).body)
        return (body["messages"]?.elements ?? []).compactMap { message in
            message["content"]?.string
                ?? message["content"]?.elements?.compactMap { $0["text"]?.string }.joined()
        }
    }

    @Test func `the next request holds the summary and the last turns only`() async throws {
        let notes = try await AskingNotes { $0.utilityModel = Self.model }
        let knowledgeBase = notes.knowledgeBase
        let id = try conversation(6, in: knowledgeBase)
        notes.provider.next(.say(Self.summary))

        let compaction = try await knowledgeBase.compact(conversation: id, model: Self.model)

        #expect(compaction.summary.lastNumber == 4)
        #expect(compaction.summary.text == "Tea steeps [tea.md:3].")
        #expect(compaction.tokens < compaction.tokensBefore / 2)
        #expect(compaction.cost == 0.0015)
        #expect(compaction.notices.isEmpty)
        let costs = try knowledgeBase.costs()
        #expect(costs.map(\.purpose) == [.summary])
        let before = try messages(notes.provider.server.log.requests.first).joined()
        #expect(before.contains("What of pot 4?") && !before.contains("What of pot 5?"))
        // The first rewrites the question.
        notes.provider.next(
            .say(.text(AskingNotes.question)), .say(.text("Four minutes [1].")))
        _ = try await knowledgeBase.ask(
            AskRequest(AskingNotes.question, model: Self.model, conversation: .named(id)))
        let sent = try messages(notes.provider.server.log.requests.last)
        #expect(sent.count == 5)
        #expect(sent[0].contains("```summary of earlier turns\nTea steeps [tea.md:3].\n```"))
        #expect(sent[0].hasSuffix("Question: What of pot 5?"))
        // What the user said stays, as in any summary; answers do not.
        #expect(sent[0].contains("(4) What of pot 4?"))
        #expect(!sent.joined().contains("Pot 4 holds"))
        let (_, turns) = try knowledgeBase.turns(ofConversation: id)
        #expect(turns.map(\.answer).prefix(6) == (1...6).map { answer($0).text }[...])
        let expanded = try #require(try knowledgeBase.expanded(conversation: id))
        #expect(expanded.summary == compaction.summary)
        #expect(expanded.turns == Array(turns.prefix(4)))
    }

    @Test func `without a model it is made of sentences, and of no turn twice`() async throws {
        let notes = try await AskingNotes()
        let knowledgeBase = notes.knowledgeBase
        let id = try conversation(6, in: knowledgeBase)

        let compaction = try await knowledgeBase.compact(conversation: id)

        #expect(compaction.summary.model == Configuration.extractive)
        #expect(compaction.summary.text.contains("Pot 1 holds 100 grams."))
        #expect(compaction.cost == 0)
        await #expect(throws: CompactionError.nothingNew(lastNumber: 4, kept: 2)) {
            try await knowledgeBase.compact(conversation: id)
        }
        #expect(notes.provider.server.log.requests.isEmpty)
    }

    @Test func `what makes no difference is refused before anything is sent`() async throws {
        let notes = try await AskingNotes()
        let id = try conversation(2, in: notes.knowledgeBase)

        await #expect(throws: CompactionError.tooFewTurns(count: 2, kept: 2)) {
            try await notes.knowledgeBase.compact(conversation: id, model: Self.model)
        }
        await #expect(throws: KnowledgeBaseError.unknownConversation(id: "c9")) {
            try await notes.knowledgeBase.compact(conversation: "c9")
        }
        var trimming = notes.configuration
        trimming.history = .trim
        await #expect(throws: CompactionError.policyWithoutSummaries(.trim)) {
            try await KnowledgeBase(configuration: trimming).compact(conversation: id)
        }
        #expect(notes.provider.server.log.requests.isEmpty)
    }

    @Test func `a ceiling that a summary would pass is kept, and sentences stand in`()
        async throws
    {
        let notes = try await AskingNotes { $0.maxCostDay = 0.000_001 }
        let knowledgeBase = notes.knowledgeBase
        let id = try conversation(6, in: knowledgeBase)

        let compaction = try await knowledgeBase.compact(conversation: id, model: Self.model)

        #expect(notes.provider.server.log.requests.isEmpty)
        #expect(compaction.summary.model == Configuration.extractive)
        let notice = try #require(compaction.notices.first)
        #expect(notice.hasPrefix("sentences stand in for what the model was to write: "))
        #expect(notice.contains("of $0.0000 for today $0.0000 are spent"), "\(notice)")
    }

    @Test func `an answer of a local-only note goes into no summary that is sent`() async throws {
        let folder = try TemporaryFolder()
        let cloud = try RecordedCloud()
        let secret = "Behind the third brick a secret pump runs sixty-six minutes."
        try folder.write("---\nlocal_only: true\n---\n# Pump\n\n\(secret)\n", to: "notes/pump.md")
        for word in ["bread", "salt", "flour", "yeast"] {
            try folder.write("# Baking\n\nMind the \(word) in the oven.\n", to: "notes/\(word).md")
        }
        var configuration = Configuration(in: folder)
        configuration.providers = cloud.variables
        configuration.retries = 0
        let knowledgeBase = KnowledgeBase(configuration: configuration)
        _ = try await knowledgeBase.index(
            IndexRequest(folders: [folder.url.appending(path: "notes").path]))
        let question = "How many minutes does the secret pump run?"
        let id = try await knowledgeBase.ask(question).conversationID
        for _ in 1...2 {
            _ = try await knowledgeBase.ask(AskRequest(question, conversation: .named(id)))
        }

        let compaction = try await knowledgeBase.compact(conversation: id, model: Self.model)
        _ = try await knowledgeBase.ask(
            AskRequest("Mind the bread in the oven?", model: Self.model, conversation: .named(id)))

        #expect(compaction.summary.lastNumber == 1)
        #expect(compaction.summary.text.contains("sixty-six minutes"))
        #expect(compaction.notices.first?.contains("given to no model elsewhere") == true)
        #expect(!cloud.bodies.isEmpty)
        #expect(cloud.leak(of: secret) == nil)
        let sent = try #require(
            cloud.texts.last { $0.contains("Earlier in this conversation") })
        #expect(sent.contains("(1) \(question)"))
    }
}

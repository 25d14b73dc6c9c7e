import Foundation
import LoreCore
import LoreProviders
import LoreStore
import TestSupport
import Testing

@testable import Lore

/// Batches of questions over two notes, at a scripted provider.
@Suite(.timeLimit(.minutes(1))) struct BatchTests {
    private static let models = [
        "openai:gpt-6-luna", "anthropic:claude-haiku-4-5",
        "gemini:" + ScriptedProvider.geminiModel,
    ]

    private let questions = [
        BatchQuestion("What is in bread?", id: "bread"),
        BatchQuestion("Who won the chess olympiad?", id: "chess"),
        BatchQuestion(AskingNotes.question),
    ]

    /// At the moment at which the provider says that its batches were made.
    private func knowledgeBase(_ notes: AskingNotes) -> KnowledgeBase {
        KnowledgeBase(
            configuration: notes.configuration,
            models: Models(configuration: notes.configuration),
            time: LocalTime(now: { Date(timeIntervalSince1970: 1_795_424_900) }))
    }

    /// Answers as a model would that reads the first passage.
    private func script(_ notes: AskingNotes) {
        notes.provider.batches.set([
            "-1": .say(.text("Flour, water, salt [1].")),
            "-3": .say(.text("Steep it for four minutes [1][9].")),
        ])
    }

    @Test(arguments: models)
    func `answers come in the order of the questions, cited and at half the price`(
        model: String
    ) async throws {
        let notes = try await AskingNotes()
        script(notes)

        let sent = try await knowledgeBase(notes).submitBatch(questions, model: model)
        let collected = try await knowledgeBase(notes).collectBatch(sent.id)

        #expect(sent.state == .running)
        #expect(sent.answered == 1)
        #expect(collected.summary.state == .done)
        #expect(collected.answers.map(\.id) == ["bread", "chess", nil])
        let answers = try collected.answers.map { try $0.result.get() }
        #expect(answers.map(\.state) == [.grounded, .notFound, .grounded])
        #expect(answers[0].citations.map(\.quote) == ["Flour, water, salt."])
        #expect(answers[2].text == "Steep it for four minutes [1].")
        #expect(answers[2].citations.map(\.path) == ["tea.md"])
        #expect(answers[1].usage == Usage.none)
        let whole = try await knowledgeBase(notes).ask(
            AskRequest(AskingNotes.question, model: model))
        #expect(answers[2].usage.cost == whole.usage.cost.map { $0 / 2 })
    }

    @Test func `an address that no passage holds is removed, as from any answer`() async throws {
        let notes = try await AskingNotes()
        notes.provider.batches.set([
            "-1": .say(.text("Flour [1], see https://evil.example/?q=key"))
        ])

        let sent = try await knowledgeBase(notes).submitBatch(
            [questions[0]], model: "openai:gpt-6-luna")
        let collected = try await knowledgeBase(notes).collectBatch(sent.id)

        let answer = try #require(try collected.answers.first?.result.get())
        #expect(answer.text == "Flour [1], see (address removed)")
    }

    @Test func `collected answers are turns of a conversation of the batch's id`() async throws {
        let notes = try await AskingNotes()
        script(notes)

        let sent = try await knowledgeBase(notes).submitBatch(
            questions, model: "openai:gpt-6-luna")
        let collected = try await knowledgeBase(notes).collectBatch(sent.id)
        _ = try await knowledgeBase(notes).collectBatch(sent.id)

        let turns = try knowledgeBase(notes).turns(ofConversation: sent.id).turns
        #expect(turns.map(\.question) == questions.map(\.question))
        #expect(turns.map(\.state) == [.grounded, .notFound, .grounded])
        #expect(turns.map(\.answerID) == collected.answers.compactMap { try? $0.result.get().id })
    }

    @Test func `a batch that might pass a ceiling is not sent and not kept`() async throws {
        let notes = try await AskingNotes { $0.maxCostDay = 0.000_001 }

        let error = await #expect(throws: KnowledgeBaseError.self) {
            try await knowledgeBase(notes).submitBatch(questions, model: "openai:gpt-6-luna")
        }

        guard case .answerCeiling(period: .day, _, _, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(notes.provider.server.log.requests.isEmpty)
        #expect(try knowledgeBase(notes).batches().isEmpty)
    }

    /// An answer may have 1,024 tokens and costs 5 dollars a million, half that in a batch: two questions of
    /// a batch have half a cent set aside, and two others need a cent for a moment.
    @Test(arguments: [CostPeriod.day, .month])
    func `a batch counts for the ceilings until it is collected`(period: CostPeriod) async throws {
        let notes = try await AskingNotes {
            if period == .day { $0.maxCostDay = 0.014 } else { $0.maxCostMonth = 0.014 }
        }
        script(notes)
        let model = "anthropic:claude-haiku-4-5"
        let base = knowledgeBase(notes)
        let sent = try await base.submitBatch(questions, model: model)
        let requests = notes.provider.server.log.requests.count

        let error = await #expect(throws: KnowledgeBaseError.self) {
            try await knowledgeBase(notes).submitBatch(questions, model: model)
        }

        guard case .answerCeiling(period, let limit, let spent, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(limit == 0.014)
        // At least the output, at half its price.
        #expect(spent >= 1024 * 2.5e-6 * 2)
        #expect(notes.provider.server.log.requests.count == requests)
        #expect(try base.batches().map(\.id) == [sent.id])
        _ = try await base.collectBatch(sent.id)
        #expect(try base.opened.reader().read { try $0.costOfOpenBatches() } == 0)
        #expect(try await base.submitBatch(questions, model: model).state == .running)
    }

    @Test func `a batch that may have been sent counts, and one that was not does not`()
        async throws
    {
        let notes = try await AskingNotes()
        func open() throws -> Double {
            try knowledgeBase(notes).opened.reader().read { try $0.costOfOpenBatches() }
        }
        script(notes)
        notes.provider.batches.forget(1)
        await #expect(throws: ProviderError.self) {
            try await knowledgeBase(notes).submitBatch(
                questions, model: "anthropic:claude-haiku-4-5")
        }
        #expect(try open() > 0)
        let kept = try #require(try knowledgeBase(notes).batches().first)
        _ = try await knowledgeBase(notes).collectBatch(kept.id)
        #expect(try open() == 0)

        notes.provider.next(.fail(.wrongKey))
        await #expect(throws: ProviderError.self) {
            try await knowledgeBase(notes).submitBatch(
                questions, model: "anthropic:claude-haiku-4-5")
        }
        #expect(try open() == 0)
    }

    @Test func `what the notes do not answer is sent to no one`() async throws {
        let notes = try await AskingNotes()

        let sent = try await knowledgeBase(notes).submitBatch(
            [questions[1]], model: "openai:gpt-6-luna")
        let collected = try await knowledgeBase(notes).collectBatch(sent.id)

        #expect(sent.state == .done)
        #expect(try collected.answers[0].result.get().state == .notFound)
        #expect(notes.provider.server.log.requests.isEmpty)
    }

    @Test func `collecting again asks no one and costs nothing`() async throws {
        let notes = try await AskingNotes()
        script(notes)
        let sent = try await knowledgeBase(notes).submitBatch(
            questions, model: "openai:gpt-6-luna")
        let first = try await knowledgeBase(notes).collectBatch(sent.id)
        let requests = notes.provider.server.log.requests.count

        let second = try await knowledgeBase(notes).collectBatch(String(sent.id.prefix(6)))

        #expect(notes.provider.server.log.requests.count == requests)
        #expect(
            second.answers.map { try? $0.result.get() }
                == first.answers.map { try? $0.result.get() })
        let costs = try knowledgeBase(notes).opened.reader().read {
            try $0.costs(since: nil, isByDay: false)
        }
        #expect(costs.map(\.purpose) == [.batch])
        #expect(costs.map(\.requests) == [2])
    }

    @Test(arguments: models)
    func `a batch that was sent but not seen is found and not sent again`(
        model: String
    ) async throws {
        let notes = try await AskingNotes()
        script(notes)
        notes.provider.batches.forget(1)

        await #expect(throws: ProviderError.self) {
            try await knowledgeBase(notes).submitBatch(questions, model: model)
        }
        let kept = try #require(try knowledgeBase(notes).batches().first)
        let collected = try await knowledgeBase(notes).collectBatch(kept.id)

        #expect(kept.state == .unsent)
        #expect(collected.summary.state == .done)
        #expect(notes.provider.batches.requests.count == 1)
        #expect(try collected.answers[2].result.get().state == .grounded)
    }

    @Test func `a batch that never left is sent when it is collected`() async throws {
        let notes = try await AskingNotes()
        script(notes)
        notes.provider.next(
            .say(.text("")), .connection(LoopbackReply(steps: [.reset])))

        await #expect(throws: ProviderError.self) {
            try await knowledgeBase(notes).submitBatch(questions, model: "openai:gpt-6-luna")
        }
        let kept = try #require(try knowledgeBase(notes).batches().first)
        let first = try await knowledgeBase(notes).collectBatch(kept.id)
        let second = try await knowledgeBase(notes).collectBatch(kept.id)

        #expect(first.summary.state == .running)
        #expect(second.summary.state == .done)
        #expect(notes.provider.batches.requests.count == 1)
    }

    @Test func `a batch that was refused is forgotten`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.fail(.wrongKey))

        await #expect(throws: ProviderError.self) {
            try await knowledgeBase(notes).submitBatch(
                questions, model: "anthropic:claude-haiku-4-5")
        }

        #expect(try knowledgeBase(notes).batches().isEmpty)
    }

    @Test func `one that failed tells why, and the rest is answered`() async throws {
        let notes = try await AskingNotes()
        notes.provider.batches.set([
            "-1": .fail(.overloaded), "-3": .say(.text("Four minutes [1].")),
        ])

        let sent = try await knowledgeBase(notes).submitBatch(
            questions, model: "openai:gpt-6-luna")
        let collected = try await knowledgeBase(notes).collectBatch(sent.id)

        #expect(collected.summary.failed == 1)
        #expect(collected.summary.answered == 2)
        guard case .failure(let failure) = collected.answers[0].result else {
            Issue.record("it is answered")
            return
        }
        #expect(failure.description == "OpenAI is overloaded; try again later")
    }

    @Test func `a note that changed meanwhile makes its quote unverified`() async throws {
        let notes = try await AskingNotes()
        script(notes)
        let sent = try await knowledgeBase(notes).submitBatch(
            questions, model: "openai:gpt-6-luna")
        try notes.folder.write("# Tea\n\nAsk someone else.\n", to: "notes/tea.md")

        let answer = try await knowledgeBase(notes).collectBatch(sent.id).answers[2].result.get()

        #expect(answer.state == .ungrounded)
        #expect(answer.citations.map(\.verified) == [false])
    }

    @Test func `a provider without batches is asked one by one, and goes on where it broke off`()
        async throws
    {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(.text("Flour, water, salt [1].")), .fail(.serverFailure),
            .say(.text("Four minutes [1].")))

        await #expect(throws: ProviderError.self) {
            try await knowledgeBase(notes).submitBatch(questions, model: "ollama:qwen3")
        }
        let kept = try #require(try knowledgeBase(notes).batches().first)
        let collected = try await knowledgeBase(notes).collectBatch(kept.id)

        #expect(kept.answered == 2)
        #expect(notes.provider.server.log.requests.count == 3)
        #expect(
            try collected.answers.map { try $0.result.get().state } == [
                .grounded, .notFound, .grounded,
            ])
    }

    @Test func `lines are read as they are written`() throws {
        let text = """
            {"question": "One?", "id": "a", "where": "tag:tea"}

            "Two?"
            """

        let questions = try [BatchQuestion](jsonLines: text, file: "q")

        #expect(questions.map(\.question) == ["One?", "Two?"])
        #expect(questions.map(\.id) == ["a", nil])
        #expect(questions.map { $0.filter == nil } == [false, true])
    }

    @Test(arguments: [
        (
            #"{"qestion": "a"}"#,
            "line 1 of 'q' cannot be used: it has a field 'qestion'; did you mean 'question'?"
        ),
        ("\"a\"\nb", "line 2 of 'q' cannot be used: it is not JSON"),
        (#"{"question": 7}"#, "line 1 of 'q' cannot be used: its question is no text"),
        (#"{"id": "a"}"#, "line 1 of 'q' cannot be used: it has no question"),
        ("", "'q' holds no question"),
    ])
    func `a mistake in a line is told`(text: String, words: String) throws {
        let error = try #require(throws: KnowledgeBaseError.self) {
            try [BatchQuestion](jsonLines: text, file: "q")
        }

        #expect(error.message == words)
    }
}

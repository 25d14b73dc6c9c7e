import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

@testable import Lore

@Suite struct CostTests {
    /// 1 dollar a million tokens in, 5 out.
    private let model = "anthropic:claude-haiku-4-5"
    private let reply = ScriptedReply(
        pieces: ["Four minutes [1]."],
        usage: TokenUsage(inputTokens: 1_000_000, cachedTokens: 200_000, outputTokens: 100_000))

    private func request(_ change: (inout AskRequest) -> Void = { _ in }) -> AskRequest {
        var request = AskRequest(AskingNotes.question, model: model)
        change(&request)
        return request
    }

    @Test func `every request is entered with its tokens and its price`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(reply))

        let answer = try await notes.knowledgeBase.ask(request())

        let cost = try #require(try notes.knowledgeBase.costs().first)
        #expect(cost.model == model)
        #expect(cost.purpose == .answer)
        #expect(cost.requests == 1)
        #expect(cost.usage.inputTokens == 1_000_000)
        #expect(cost.usage.cachedTokens == 200_000)
        #expect(cost.cost == 0.8 + 0.02 + 0.5)
        #expect(answer.usage.cost == cost.cost)
    }

    @Test func `the usage of an answer is that of all its requests`() async throws {
        let notes = try await AskingNotes()
        let model = "anthropic:claude-haiku-4-5"
        notes.provider.next(
            .say(.text("Four minutes [1].")), .say(.text(AskingNotes.question)),
            .say(.text("Soft [1].")))
        let knowledgeBase = notes.knowledgeBase
        let first = try await knowledgeBase.ask(AskRequest(AskingNotes.question, model: model))
        let followUp = AskRequest(
            "And the water?", model: model, conversation: .named(first.conversationID))
        let second = try await knowledgeBase.ask(followUp)

        #expect(first.usage.inputTokens == 26)
        #expect(second.usage.inputTokens == 52)
        #expect(second.usage.outputTokens == 18)
        let entered = try knowledgeBase.costs().compactMap(\.cost).reduce(0, +)
        let answers = try #require(first.usage.cost) + (try #require(second.usage.cost))
        #expect(abs(entered - answers) < 1e-12)
        #expect(answers > 0)
    }

    @Test func `what is refused before its first word costs nothing`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.fail(.overloaded))

        let (_, error) = await notes.events(request())

        #expect(error != nil)
        _ = await notes.knowledgeBase.settle()
        #expect(try notes.knowledgeBase.costs().isEmpty)
    }

    @Test func `an answer that breaks off is entered by an estimate`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(
            .say(.text("Steep it ", "for four "), ScriptedDelivery(events: 4, ending: .cut)))
        let knowledgeBase = notes.knowledgeBase

        do {
            _ = try await knowledgeBase.ask(request())
            Issue.record("the answer did not break off")
        } catch {}

        _ = await knowledgeBase.settle()
        let cost = try #require(try knowledgeBase.costs().first)
        #expect(cost.usage.isEstimated)
        #expect(cost.usage.inputTokens > 0)
    }

    @Test func `an equal question is answered by the kept reply, for nothing`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(reply))
        let first = try await notes.knowledgeBase.ask(request())

        let second = try await notes.knowledgeBase.ask(request())

        #expect(!first.isCached)
        #expect(second.isCached)
        #expect(second.text == first.text)
        #expect(second.citations == first.citations)
        #expect(second.usage == Usage.none)
        #expect(notes.provider.server.log.requests.count == 1)
        #expect(try notes.knowledgeBase.costs().map(\.requests) == [1])
    }

    @Test func `a kept reply is not used where it is not wanted or something differs`()
        async throws
    {
        let notes = try await AskingNotes()
        let unlike = [
            request { $0.usesKeptReplies = false },
            request { $0.maxTokens = 77 },
            request { $0.model = "openai:gpt-6.1-sol" },
            request { $0.question = "How many minutes does tea steep?" },
            request { $0.attachment = "Black tea." },
        ]
        notes.provider.next(.say(reply))
        _ = try await notes.knowledgeBase.ask(request())

        for request in unlike {
            notes.provider.next(.say(.text("Three minutes [1].")))
            let answer = try await notes.knowledgeBase.ask(request)
            #expect(!answer.isCached)
            #expect(answer.text == "Three minutes [1].")
        }
    }

    @Test func `a changed passage asks the model anew`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(reply))
        _ = try await notes.knowledgeBase.ask(request())
        try notes.folder.write("# Tea\n\nSteep it for six minutes.\n", to: "notes/tea.md")
        _ = try await notes.knowledgeBase.index(IndexRequest())
        notes.provider.next(.say(.text("Six minutes [1].")))

        let answer = try await notes.knowledgeBase.ask(request())

        #expect(!answer.isCached)
        #expect(answer.text == "Six minutes [1].")
    }

    @Test func `a reply that was cut is not kept`() async throws {
        let notes = try await AskingNotes()
        notes.provider.next(.say(ScriptedReply(pieces: ["Four"], finish: .length)))
        _ = try await notes.knowledgeBase.ask(request())
        notes.provider.next(.say(reply))

        let answer = try await notes.knowledgeBase.ask(request())

        #expect(!answer.isCached)
    }

    @Test func `nothing is sent that could pass the ceiling of an answer`() async throws {
        let notes = try await AskingNotes()
        let request = request { $0.maxCost = 0.001 }

        let (_, error) = await notes.events(request)

        let refusal = try #require(error as? KnowledgeBaseError)
        #expect(refusal.category == .costCeiling)
        #expect(refusal.message.contains("of $0.0010 for this answer $0.0000 are spent"))
        #expect(notes.provider.server.log.requests.isEmpty)
    }

    /// 64,000 bytes of schema may be 20,000 tokens, two cents' worth; the rest costs less than one.
    @Test func `a schema counts among what a request may cost`() async throws {
        let notes = try await AskingNotes()
        func schema(_ description: String) -> ReplySchema {
            ReplySchema(
                name: "answer",
                schema: [
                    "type": "object",
                    "properties": [
                        "minutes": ["type": "integer", "description": .string(description)]
                    ],
                    "required": ["minutes"], "additionalProperties": false,
                ])
        }
        func form(_ description: String) -> AskRequest {
            request {
                $0.maxCost = 0.01
                $0.form = .value(schema(description))
            }
        }
        notes.provider.next(.say(.text(#"{"minutes": 4}"#)))

        let answer = try await notes.knowledgeBase.ask(form("Short."))
        let (_, error) = await notes.events(form(String(repeating: "long ", count: 12_800)))

        #expect(answer.text == #"{"minutes":4}"#)
        let refusal = try #require(error as? KnowledgeBaseError)
        #expect(refusal.category == .costCeiling)
        #expect(notes.provider.server.log.requests.count == 1)
    }

    @Test(arguments: [CostPeriod.day, .month])
    func `what was spent before counts for the day and the month`(period: CostPeriod) async throws {
        let notes = try await AskingNotes {
            if period == .day { $0.maxCostDay = 1.4 } else { $0.maxCostMonth = 1.4 }
        }
        notes.provider.next(.say(reply))
        let knowledgeBase = notes.knowledgeBase
        _ = try await knowledgeBase.ask(request())
        var other = request()
        other.question = "Which water for tea steeping?"
        // An answer may have 100,000 tokens, half a dollar's worth.
        other.maxTokens = 100_000

        do {
            _ = try await knowledgeBase.ask(other)
            Issue.record("the ceiling was passed")
        } catch let error as KnowledgeBaseError {
            #expect(error.category == .costCeiling)
            #expect(error.hint.contains("max_cost_\(period.rawValue)"))
        }
        #expect(notes.provider.server.log.requests.count == 1)
    }

    @Test func `a ceiling cannot be kept where the price is not known`() async throws {
        let notes = try await AskingNotes()
        let paid = request {
            $0.model = "openai:unheard-of"
            $0.maxCost = 1
        }
        notes.provider.next(.say(.text("Four minutes [1].")))
        let free = request {
            $0.model = "ollama:qwen3"
            $0.maxCost = 0
        }

        let (_, error) = await notes.events(paid)
        let answer = try await notes.knowledgeBase.ask(free)

        #expect((error as? KnowledgeBaseError) == .priceUnknown(model: "openai:unheard-of"))
        #expect(answer.text == "Four minutes [1].")
    }
}

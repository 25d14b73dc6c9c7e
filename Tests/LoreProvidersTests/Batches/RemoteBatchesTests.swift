import Foundation
import LoreCore
import LoreProviders
import TestSupport
import Testing

/// Batches at the three providers that have them, by what they send and what comes back.
@Suite(.timeLimit(.minutes(1))) struct RemoteBatchesTests {
    private let provider: ScriptedProvider

    init() throws { provider = try ScriptedProvider() }

    private static let models = [
        "openai:gpt-6-luna", "anthropic:claude-haiku-4-5", "gemini:gemini-3.8-flash",
    ]

    private func batches(_ model: String) throws -> RemoteBatches {
        let base = provider.server.address("")
        let environment = [
            "OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": base, "ANTHROPIC_API_KEY": "sk-1",
            "ANTHROPIC_BASE_URL": base, "GEMINI_API_KEY": "sk-1", "GEMINI_BASE_URL": base,
        ]
        let time = Timekeeper(now: { Date(timeIntervalSince1970: 1_795_424_900) }, sleep: { _ in })
        let calls = ProviderCalls(
            environment: environment, catalog: .bundled,
            transport: ProviderTransport(client: testClient(), time: time))
        return try #require(try ChatModels(calls).batches(of: model))
    }

    private func requests(_ questions: String...) -> [BatchRequest] {
        questions.enumerated().map { number, question in
            BatchRequest(
                id: "q\(number)",
                request: ChatRequest(
                    system: "Answer.", messages: [ChatMessage(.user, question)],
                    parameters: ChatParameters(maxTokens: 100)))
        }
    }

    /// The moment at which the scripted batches were made.
    private let start = Date(timeIntervalSince1970: 1_795_424_900)

    @Test(arguments: models)
    func `replies come back by id, whatever their order, at the batch price`(
        model: String
    ) async throws {
        let batches = try batches(model)

        let sent = try await batches.submit(requests("One?", "Two?", "Three?"), label: "lb1")
        let results = try #require(try await batches.results(of: sent.id, label: "lb1"))

        #expect(try results["q0"].get().text == "Echo: One?")
        #expect(try results["q1"].get().text == "Echo: Two?")
        #expect(try results["q2"].get().text == "Echo: Three?")
        let usage = try results["q0"].get().usage
        #expect(usage == TokenUsage(inputTokens: 26, outputTokens: 9))
        let prices = try #require(batches.profile.prices)
        #expect(prices.batchCost(of: usage) == prices.cost(of: usage) / 2)
    }

    @Test(arguments: models)
    func `a batch is asked about until it ends`(model: String) async throws {
        provider.batches.end(.done, afterPolls: 1)
        let batches = try batches(model)

        let sent = try await batches.submit(requests("One?", "Two?"), label: "lb1")
        let early = try await batches.results(of: sent.id, label: "lb1")
        let status = try await batches.status(of: sent.id)

        #expect(early == nil)
        #expect(status.state == .ended)
        #expect(status.total == 2)
    }

    @Test(arguments: models)
    func `what failed is an error and the rest is kept`(model: String) async throws {
        provider.batches.set(["q0": .fail(.badRequest), "q2": .fail(.overloaded)])
        let batches = try batches(model)

        let sent = try await batches.submit(requests("One?", "Two?", "Three?"), label: "lb1")
        let results = try #require(try await batches.results(of: sent.id, label: "lb1"))

        guard case .failure(.badRequest) = results["q0"] else {
            Issue.record("\(results["q0"])")
            return
        }
        #expect(try results["q1"].get().text == "Echo: Two?")
        let title = try ModelName(model).provider.title
        #expect(results["q2"].failure == .overloaded(provider: title))
    }

    @Test(arguments: ["openai:gpt-6-luna", "anthropic:claude-haiku-4-5"])
    func `what a day was too short for is told, and the rest is kept`(model: String) async throws {
        provider.batches.set(["q1": .expire])
        if model.hasPrefix("openai") { provider.batches.end(.expired) }
        let batches = try batches(model)

        let sent = try await batches.submit(requests("One?", "Two?"), label: "lb1")
        let results = try #require(try await batches.results(of: sent.id, label: "lb1"))

        let title = try ModelName(model).provider.title
        #expect(try results["q0"].get().text == "Echo: One?")
        #expect(results["q1"].failure == .batchExpired(provider: title))
        #expect(results["unknown"].failure != nil)
    }

    @Test(arguments: ["openai:gpt-6-luna", "gemini:gemini-3.8-flash"])
    func `a batch that failed as a whole says why for each`(model: String) async throws {
        provider.batches.end(.failed("line 1 is wrong"))
        let batches = try batches(model)

        let sent = try await batches.submit(requests("One?"), label: "lb1")
        let results = try #require(try await batches.results(of: sent.id, label: "lb1"))

        let title = try ModelName(model).provider.title
        #expect(
            results["q0"].failure == .badRequest(provider: title, reason: "line 1 is wrong"))
    }

    @Test(arguments: ["openai:gpt-6-luna", "gemini:gemini-3.8-flash"])
    func `a batch whose name was lost is found by its label`(model: String) async throws {
        provider.batches.forget(1)
        let batches = try batches(model)

        await #expect(throws: ProviderError.self) {
            try await batches.submit(requests("One?"), label: "lb1")
        }
        _ = try await batches.submit(requests("Two?"), label: "lb2")
        let found = try await batches.find(label: "lb1", count: 1, since: start)
        let absent = try await batches.find(label: "lb3", count: 1, since: start)

        guard case .found(let id) = found else {
            Issue.record("\(found)")
            return
        }
        // It was not sent a second time.
        #expect(provider.batches.requests.count == 2)
        let results = try #require(try await batches.results(of: id, label: "lb1"))
        #expect(try results["q0"].get().text == "Echo: One?")
        #expect(absent == .absent)
    }

    @Test func `at Anthropic a lost batch is certain only when it is done`() async throws {
        provider.batches.end(.done, afterPolls: 1)
        provider.batches.forget(1)
        let batches = try batches("anthropic:claude-haiku-4-5")
        await #expect(throws: ProviderError.self) {
            try await batches.submit(requests("One?"), label: "lb1")
        }

        let early = try await batches.find(label: "lb1", count: 1, since: start)
        let otherSize = try await batches.find(label: "lb1", count: 2, since: start)
        let later = try await batches.find(
            label: "lb1", count: 1, since: start.addingTimeInterval(3_600))
        _ = try await batches.status(of: "msgbatch_1")
        let late = try await batches.find(label: "lb1", count: 1, since: start)
        let other = try await batches.find(label: "lb2", count: 1, since: start)

        #expect(early == .undecided(ids: ["msgbatch_1"]))
        #expect(otherSize == .absent)
        #expect(later == .absent)
        #expect(late == .found(id: "msgbatch_1"))
        #expect(other == .absent)
    }

    @Test(arguments: models)
    func `a refusal for now is waited out and nothing is sent twice`(model: String) async throws {
        let isOpenAI = model.hasPrefix("openai")
        if isOpenAI { provider.next(.say(.text(""))) }
        provider.next(.fail(.rateLimited), .say(.text("")))

        _ = try await batches(model).submit(requests("One?"), label: "lb1")

        #expect(provider.batches.requests.count == 1)
        #expect(provider.server.log.requests.count == (isOpenAI ? 3 : 2))
    }

    @Test(arguments: models)
    func `the requests are whole ones, in the provider's form`(model: String) async throws {
        _ = try await batches(model).submit(requests("One?"), label: "lb1")

        let sent = try #require(provider.batches.requests.first)
        let body = try #require(sent["lb1-q0"])
        #expect(body["stream"] == nil)
        #expect(body["stream_options"] == nil)
        #expect(body.text.contains("One?"))
        #expect(body.text.contains("Answer."))
    }

    @Test func `at OpenAI one request with tools makes all of them Responses`() async throws {
        let batches = try batches("openai:gpt-6-luna")
        var requests = requests("One?", "Two?")
        requests.append(
            BatchRequest(
                id: "q2",
                request: ChatRequest(
                    messages: [ChatMessage(.user, "Three?")], tools: [TestModels.searchTool])))

        let sent = try await batches.submit(requests, label: "lb1")
        let results = try #require(try await batches.results(of: sent.id, label: "lb1"))

        #expect(try results["q0"].get().text == "Echo: One?")
        #expect(try results["q2"].get().text == "Echo: Three?")
    }

    @Test func `a batch that is too large is refused before it is sent`() async throws {
        let large = String(repeating: "x", count: 21_000_000)

        let error = try await providerError {
            _ = try await batches("gemini:gemini-3.8-flash").submit(
                requests(large), label: "lb1")
        }

        #expect(error == .batchTooLarge(provider: "Gemini", most: "20 MB"))
        #expect(provider.server.log.requests.isEmpty)
    }

    @Test(arguments: models)
    func `a batch of which the provider knows nothing is named so`(model: String) async throws {
        let id = model.hasPrefix("gemini") ? "batches/none" : "none"
        let title = try ModelName(model).provider.title

        let error = try await providerError { _ = try await batches(model).status(of: id) }

        #expect(error == .batchMissing(provider: title))
    }

    @Test func `a provider without batches has none`() throws {
        let calls = ProviderCalls(
            environment: [:], catalog: .bundled,
            transport: ProviderTransport(client: testClient()))

        #expect(try ChatModels(calls).batches(of: "ollama:qwen3") == nil)
    }
}

extension Result where Failure == ProviderError {
    fileprivate var failure: ProviderError? {
        if case .failure(let error) = self { error } else { nil }
    }
}

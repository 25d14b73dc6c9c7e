import Foundation
import Lore
import LoreCore
import LoreProviders
import TestSupport
import Testing

/// Indexing and searching with a provider's model.
@Suite(.timeLimit(.minutes(2))) struct RemoteEmbeddingTests {
    private let folder: TemporaryFolder
    private let provider: ScriptedProvider
    private static let small = "openai:text-embedding-3-small"
    /// US dollars for a million tokens.
    private static let price = 0.02

    init() throws {
        folder = try TemporaryFolder()
        provider = try ScriptedProvider()
        provider.embeds(ScriptedVectors(dimensions: 1536))
        for number in 1...6 {
            try folder.write("The pump \(number) runs at night.\n", to: "notes/\(number).md")
        }
    }

    private var notes: String { folder.url.appending(path: "notes").path }

    private func knowledgeBase(
        model: String? = Self.small, batch: Int = 256, retries: Int = 0,
        environment: [String: String]? = nil, offline: Bool = false,
        _ change: (inout Configuration) -> Void = { _ in }
    ) -> KnowledgeBase {
        var configuration = Configuration(in: folder)
        let base = provider.server.address("")
        configuration.providers = ProviderVariables(
            environment ?? [
                "OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": base, "OLLAMA_HOST": base,
            ])
        configuration.embeddingModel = model
        configuration.embeddingBatch = batch
        configuration.retries = retries
        configuration.offline = offline
        change(&configuration)
        return KnowledgeBase(configuration: configuration)
    }

    private func request(changesModel: Bool = false, maxCost: Double? = nil) -> IndexRequest {
        IndexRequest(folders: [notes], changesModel: changesModel, maxCost: maxCost)
    }

    private func billed(_ texts: [String]) -> Double {
        Double(texts.reduce(0) { $0 + $1.utf8.count }) * Self.price / 1e6
    }

    @Test func `notes are embedded at the provider, and a query by the same model`() async throws {
        let report = try await knowledgeBase().index(request())

        #expect(report.embedded == 6)
        #expect(report.truncated == 0)
        #expect(abs((report.cost ?? 0) - billed(provider.embeddedTexts)) < 1e-12)
        let later = knowledgeBase(model: nil)
        let status = try later.status()
        #expect(status.embeddingModel == Self.small)
        #expect(status.dimensions == 1536)
        #expect(status.pending == 0)
        let text = try #require(provider.embeddedTexts.first { $0.contains("pump 3") })
        let result = try await later.search(Query(text: text, mode: .semantic, limit: 1))
        #expect(result.hits.map(\.path) == ["3.md"])
        #expect(provider.embeddedTexts.count == 7)
    }

    @Test func `what embedding takes is entered with the rest`() async throws {
        let report = try await knowledgeBase(batch: 4).index(request())
        let later = knowledgeBase()
        let indexed = try later.costs()
        _ = try await later.search(Query(text: "night", mode: .semantic, limit: 1))
        _ = await later.settle()
        let searched = try later.costs()

        #expect(indexed.map(\.model) == [Self.small])
        #expect(indexed.map(\.purpose) == [.embedding])
        #expect(indexed.map(\.requests) == [2])
        #expect(abs((indexed[0].cost ?? 0) - (report.cost ?? 0)) < 1e-12)
        #expect(searched.map(\.requests) == [3])
        let all = billed(provider.embeddedTexts)
        #expect(abs((searched[0].cost ?? 0) - all) < 1e-12)
    }

    @Test func `a run that broke off pays only for the rest`() async throws {
        let fine = ScriptedAct.say(.text(""))
        provider.next(fine, fine, .fail(.serverFailure))

        await #expect(throws: ProviderError.serverFailure(provider: "OpenAI", status: 500)) {
            try await knowledgeBase(batch: 2).index(request())
        }
        #expect(provider.embeddedTexts.count == 4)
        let report = try await knowledgeBase(batch: 2).index(request())

        #expect(report.embedded == 2)
        #expect(provider.embeddedTexts.count == 6)
        #expect(Set(provider.embeddedTexts).count == 6)
    }

    @Test func `a plan tells the price and asks nothing`() async throws {
        let plan = try await knowledgeBase().plan(request())
        let tokens = plan.entries.reduce(0) { $0 + $1.tokens }

        #expect(plan.report.embedded == 6)
        #expect(tokens > 0)
        #expect(plan.cost == Double(tokens) * Self.price / 1e6)
        var words = request()
        words.embeds = false
        _ = try await knowledgeBase().index(words)
        // What waits for its vectors is priced as well.
        #expect(try await knowledgeBase().plan(request()).cost == plan.cost)
        #expect(provider.server.log.requests.count == 0)
    }

    /// The scripted provider bills a token a byte, 3.2 times the estimate: after two of the notes
    /// 6.4 estimates are spent, and a third would pass 7.
    @Test func `a ceiling stops before it is passed, and the next run goes on`() async throws {
        let plan = try await knowledgeBase().plan(request())
        let note = try #require(plan.entries.first).tokens
        let ceiling = 7 * Double(note) * Self.price / 1e6

        let error = await #expect(throws: KnowledgeBaseError.self) {
            try await knowledgeBase(batch: 1).index(request(maxCost: ceiling))
        }

        #expect(
            error
                == .costCeiling(
                    period: .answer, limit: ceiling, model: Self.small, embedded: 2, waiting: 4))
        #expect(error?.category == .costCeiling)
        #expect(billed(provider.embeddedTexts) <= ceiling)
        #expect(try await knowledgeBase().index(request()).embedded == 4)
        #expect(Set(provider.embeddedTexts).count == 6)
        #expect(provider.embeddedTexts.count == 6)
    }

    @Test(arguments: [CostPeriod.day, .month])
    func `what else a day or a month took counts for its ceiling`(period: CostPeriod) async throws {
        let plan = try await knowledgeBase().plan(request())
        let note = try #require(plan.entries.first).tokens
        let ceiling = 7 * Double(note) * Self.price / 1e6
        func limited() -> KnowledgeBase {
            knowledgeBase(batch: 1) {
                if period == .day { $0.maxCostDay = ceiling } else { $0.maxCostMonth = ceiling }
            }
        }

        let first = await #expect(throws: KnowledgeBaseError.self) {
            try await limited().index(request())
        }
        let again = await #expect(throws: KnowledgeBaseError.self) {
            try await limited().index(request())
        }

        #expect(
            first
                == .costCeiling(
                    period: period, limit: ceiling, model: Self.small, embedded: 2, waiting: 4))
        #expect(
            again
                == .costCeiling(
                    period: period, limit: ceiling, model: Self.small, embedded: 0, waiting: 4))
        #expect(first?.category == .costCeiling)
        #expect(billed(provider.embeddedTexts) <= ceiling)
        #expect(provider.embeddedTexts.count == 2)
    }

    @Test func `a ceiling needs a price, unless the server is one's own`() async throws {
        provider.embeds(ScriptedVectors(dimensions: 4))

        await #expect(throws: KnowledgeBaseError.priceUnknown(model: "openai:new")) {
            try await knowledgeBase(model: "openai:new").index(request(maxCost: 1))
        }
        await #expect(throws: KnowledgeBaseError.priceUnknown(model: "openai:new")) {
            try await knowledgeBase(model: "openai:new") { $0.maxCostDay = 1 }.index(request())
        }
        let report = try await knowledgeBase(model: "ollama:nomic").index(request(maxCost: 0))

        #expect(report.embedded == 6)
        #expect(report.cost == nil)
    }

    @Test func `a change of provider embeds anew, and back costs nothing`() async throws {
        _ = try await knowledgeBase().index(request())
        provider.embeds(ScriptedVectors(dimensions: 4))
        let other = knowledgeBase(model: "ollama:nomic")

        let mismatch = KnowledgeBaseError.modelMismatch(
            index: Self.small, configured: "ollama:nomic")
        await #expect(throws: mismatch) {
            try await other.search(Query(text: "pump", limit: 1))
        }
        let changed = try await other.index(request(changesModel: true))
        let back = try await knowledgeBase().index(request(changesModel: true))

        #expect(changed.embedded == 6)
        #expect(back.embedded == 0)
        #expect(try knowledgeBase().status().embeddingModel == Self.small)
    }

    @Test func `without its key a provider's model is an error that names the variable`()
        async throws
    {
        let error = await #expect(throws: ProviderError.self) {
            try await knowledgeBase(environment: [:]).index(request())
        }

        #expect(error == .keyMissing(provider: "OpenAI", variable: "OPENAI_API_KEY"))
        #expect(error?.category == .unavailable)
    }

    @Test func `offline, only a server on this machine embeds`() async throws {
        let far = [
            "OPENAI_API_KEY": "sk-test", "OPENAI_BASE_URL": "http://192.0.2.1/v1",
        ]

        await #expect(throws: ProviderError.refusedOffline(host: "192.0.2.1")) {
            try await knowledgeBase(environment: far, offline: true).index(request())
        }
        let report = try await knowledgeBase(model: "ollama:nomic", offline: true)
            .index(request(changesModel: true))

        #expect(report.embedded == 6)
    }

    @Test(arguments: [
        (
            KnowledgeBaseError.costCeiling(
                period: .answer, limit: 0.05, model: "a:b", embedded: 2, waiting: 4),
            """
            embedding stopped before it would cost more than 0.05 USD: 2 texts have their vectors, \
            4 wait; nothing is lost; to go on, run `lore index --model a:b`, with --max-cost or without
            """
        ),
        (
            .costCeiling(period: .day, limit: 0.05, model: "a:b", embedded: 2, waiting: 4),
            """
            embedding stopped before it would cost more than 0.05 USD with all else of today \
            (max_cost_day): 2 texts have their vectors, 4 wait; nothing is lost; to go on, raise the \
            ceiling, or run `lore index` when it is over
            """
        ),
        (
            .priceUnknown(model: "a:b"),
            """
            what 'a:b' costs is not known, so no ceiling can be kept; set input_usd for it under \
            models in config.yaml, or leave out the ceiling
            """
        ),
    ])
    func `errors say what to do`(error: KnowledgeBaseError, words: String) {
        #expect(error.description == words)
    }
}

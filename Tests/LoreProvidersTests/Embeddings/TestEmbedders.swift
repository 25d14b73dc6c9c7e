import Foundation
import LoreCore
import LoreProviders
import TestSupport

/// Embedding models at a scripted provider, whose time passes without waiting.
struct TestEmbedders: Sendable {
    let provider: ScriptedProvider
    let waits = TestModels.Waits()
    private let client = testClient()

    init() throws { provider = try ScriptedProvider() }

    /// A model that the catalogue knows, with vectors of 4 elements, a window of 100 tokens, and a
    /// price of 2 cents for a million tokens at OpenAI; Ollama's is in no catalogue.
    static func name(_ wire: ScriptedEmbeddingWire) -> String {
        switch wire {
        case .openAI: "openai:small"
        case .gemini: "gemini:\(ScriptedProvider.geminiEmbeddingModel)"
        case .ollama: "ollama:nomic"
        }
    }

    private static let catalog = """
        {"models": [
          {"model": "openai:small", "window": 100, "dimensions": 4, "input_usd": 0.02},
          {"model": "openai:wide", "dimensions": 4},
          {"model": "gemini:gemini-embedding-001", "window": 100, "dimensions": 4},
          {"model": "mistral:mistral-embed", "dimensions": 4, "input_usd": 0.1}
        ]}
        """

    func models(environment: [String: String]? = nil, retries: Int = 2) throws -> EmbeddingModels {
        let time = Timekeeper(
            now: { Date(timeIntervalSince1970: 1_795_424_900) }, sleep: { [waits] in waits.add($0) }
        )
        let policy = RetryPolicy(
            retries: retries, firstDelay: .milliseconds(500), longestDelay: .seconds(8))
        return EmbeddingModels(
            ProviderCalls(
                environment: environment ?? self.environment,
                catalog: try ModelCatalog(parsing: Array(Self.catalog.utf8)),
                transport: ProviderTransport(client: client, policy: policy, time: time)))
    }

    private var environment: [String: String] {
        let base = provider.server.address("")
        return [
            "OPENAI_API_KEY": "sk-test", "GEMINI_API_KEY": "sk-test", "MISTRAL_API_KEY": "sk-test",
            "OPENAI_BASE_URL": base, "GEMINI_BASE_URL": base, "MISTRAL_BASE_URL": base,
            "OLLAMA_HOST": base,
        ]
    }

    func embedder(_ wire: ScriptedEmbeddingWire, retries: Int = 2) async throws -> RemoteEmbedder {
        try await models(retries: retries).embedder(
            named: Self.name(wire), known: wire == .ollama ? try await nomic() : nil)
    }

    /// How Ollama's model makes vectors, as an index knows it.
    private func nomic() async throws -> EmbeddingFingerprint {
        let other = try ScriptedProvider()
        let models = try models(environment: ["OLLAMA_HOST": other.server.address("")])
        return try await models.embedder(named: Self.name(.ollama)).fingerprint
    }
}

/// The largest difference of two lists of one length; infinite where the lengths differ.
func distance(_ a: [Float], _ b: [Float]) -> Float {
    guard a.count == b.count else { return .infinity }
    return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}

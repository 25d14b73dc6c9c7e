import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct EmbeddingModelsTests {
    private let embedders: TestEmbedders
    private var provider: ScriptedProvider { embedders.provider }

    init() throws { embedders = try TestEmbedders() }

    @Test func `what the catalogue knows is not asked`() async throws {
        let embedder = try await embedders.models().embedder(named: "openai:small")

        #expect(embedder.fingerprint.model == "openai:small")
        #expect(embedder.fingerprint.dimensions == 4)
        #expect(embedder.fingerprint.maxTokens == 100)
        #expect(provider.server.log.requests.count == 0)
    }

    @Test func `the length of a new model's vectors is learned by one text`() async throws {
        provider.embeds(ScriptedVectors(dimensions: 6))
        let models = try embedders.models()

        let first = try await models.embedder(named: "ollama:nomic")
        let again = try await models.embedder(named: "ollama:nomic", known: first.fingerprint)

        #expect(first.fingerprint.dimensions == 6)
        #expect(again.fingerprint == first.fingerprint)
        #expect(provider.server.log.requests.count == 1)
    }

    @Test func `two models of one name at two providers make different vectors`() async throws {
        let models = try embedders.models()
        let ollama = try await models.embedder(named: "ollama:mistral-embed").fingerprint
        let mistral = try await models.embedder(named: "mistral:mistral-embed", known: ollama)

        #expect(mistral.fingerprint.digest.count == 64)
        #expect(mistral.fingerprint.digest != ollama.digest)
        #expect(mistral.fingerprint.model == "mistral:mistral-embed")
    }

    @Test(arguments: [
        ("openai:small", ProviderError.keyMissing(provider: "OpenAI", variable: "OPENAI_API_KEY")),
        ("mistral:m", .keyMissing(provider: "Mistral", variable: "MISTRAL_API_KEY")),
        ("compatible:m", .baseMissing(variable: "OPENAI_BASE_URL")),
        ("anthropic:m", .noEmbeddings(provider: "Anthropic")),
        ("groq:m", .noEmbeddings(provider: "Groq")),
        ("olama:m", .unknownProvider(name: "olama:m", nearest: "ollama")),
    ])
    func `a model that cannot be had says why`(name: String, expected: ProviderError) async throws {
        let models = try embedders.models(environment: [:])

        let error = try await providerError { _ = try await models.embedder(named: name) }

        #expect(error == expected)
    }

    @Test func `offline, only a server on this machine is asked`() async throws {
        func models(_ base: String) -> EmbeddingModels {
            EmbeddingModels(
                ProviderCalls(
                    environment: ["OLLAMA_HOST": base], catalog: .bundled,
                    transport: ProviderTransport(client: testClient(offline: true))))
        }

        let near = try await models(provider.server.address("")).embedder(named: "ollama:nomic")
        let error = try await providerError {
            _ = try await models("http://192.0.2.1").embedder(named: "ollama:nomic")
        }

        #expect(near.fingerprint.dimensions == 4)
        #expect(error == .refusedOffline(host: "192.0.2.1"))
    }

    @Test func `every embedding model of the catalogue has a window and a price`() throws {
        let names = ModelCatalog.bundled.names.filter { $0.contains("embed") }
        #expect(names.count == 5)
        for name in names {
            let profile = ModelCatalog.bundled.embeddingProfile(of: try ModelName(name))

            #expect(profile.window ?? 0 > 2_000, "\(name)")
            #expect(profile.price ?? 0 > 0, "\(name)")
        }
    }
}

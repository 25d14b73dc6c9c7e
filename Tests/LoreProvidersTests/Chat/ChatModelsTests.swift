import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChatModelsTests {
    private func models(
        _ environment: [String: String], _ catalog: ModelCatalog = .bundled
    ) -> ChatModels {
        ChatModels(
            ProviderCalls(
                environment: environment, catalog: catalog,
                transport: ProviderTransport(client: testClient())))
    }

    @Test func `a model has its name, its window and its prices`() throws {
        let model = try models(["ANTHROPIC_API_KEY": "k"]).model(
            named: "anthropic:claude-haiku-4-5")

        #expect(model.name == "anthropic:claude-haiku-4-5")
        #expect(model.window == 200_000)
        #expect(model.profile.prices?.rates.input == 1)
    }

    @Test(arguments: [
        ("anthropic", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", "x-api-key", "sk-1"),
        ("openai", "OPENAI_API_KEY", "OPENAI_BASE_URL", "authorization", "Bearer sk-1"),
        ("groq", "GROQ_API_KEY", "GROQ_BASE_URL", "authorization", "Bearer sk-1"),
        ("mistral", "MISTRAL_API_KEY", "MISTRAL_BASE_URL", "authorization", "Bearer sk-1"),
    ])
    func `the key goes in the provider's own header to its own base`(
        provider: String, key: String, base: String, header: String, value: String
    ) async throws {
        let server = try ScriptedProvider()
        let model = try models([key: "sk-1", base: server.server.address("")]).model(
            named: "\(provider):m")

        let reply = try await model.reply(to: ChatRequest(messages: [ChatMessage(.user, "Hi")]))

        #expect(reply.text == "Hello.")
        let request = try #require(server.server.log.requests.first)
        #expect(request.headers[header] == value)
        #expect(request.headers["content-type"] == "application/json")
        let version = provider == "anthropic" ? "2026-10-21" : nil
        #expect(request.headers["anthropic-version"] == version)
    }

    @Test func `a model's own address gets its requests, without a key`() async throws {
        let server = try ScriptedProvider()
        let catalog = ModelCatalog.bundled.applying([
            "compatible:qwen": ModelOverride(base: server.server.address("/v1"))
        ])
        let model = try models(["OPENAI_API_KEY": "sk-1"], catalog).model(
            named: "compatible:qwen")

        _ = try await model.reply(to: ChatRequest(messages: [ChatMessage(.user, "Hi")]))

        let request = try #require(server.server.log.requests.first)
        #expect(request.path == "/v1/chat/completions")
        #expect(request.headers["authorization"] == nil)
    }

    @Test func `a program that is offline asks no one abroad`() async throws {
        let models = ChatModels(
            ProviderCalls(
                environment: ["OPENAI_API_KEY": "k"], catalog: .bundled,
                transport: ProviderTransport(client: testClient(offline: true))))
        let model = try models.model(named: "openai:gpt-6-luna")

        let (_, error) = await events(of: model, ChatRequest(messages: []))

        #expect(error as? ProviderError == .refusedOffline(host: "api.openai.com"))
    }
}

import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ProviderModelsTests {
    private let server: LoopbackServer

    init() throws { server = try LoopbackServer() }

    private func names(_ provider: Provider) async throws -> [String] {
        let endpoint = ProviderEndpoint(
            provider: provider, base: server.address(""), key: APIKey("sk-1"))
        return try await ProviderModels(
            endpoint: endpoint, transport: ProviderTransport(client: testClient())
        ).names()
    }

    @Test(arguments: [
        (Provider.openai, "/models", #"{"object":"list","data":[{"id":"a"},{"id":"b"}]}"#),
        (.together, "/models", #"[{"id":"a"},{"id":"b"}]"#),
        (.anthropic, "/v1/models", #"{"data":[{"type":"model","id":"a"},{"id":"b"}]}"#),
        (.gemini, "/v1/models", #"{"models":[{"name":"models/a"},{"name":"models/b"}]}"#),
        (.ollama, "/api/tags", #"{"models":[{"name":"a","model":"a"},{"name":"b"}]}"#),
    ])
    func `each provider lists its models`(
        provider: Provider, path: String, body: String
    ) async throws {
        server.on(path, .whole(Array(body.utf8)))

        #expect(try await names(provider) == ["a", "b"])
    }

    @Test func `a wrong key and a page that is no list are told apart`() async throws {
        server.on("/models", .whole(401), .whole(Array("<html>".utf8)))

        let wrongKey = try await providerError { _ = try await names(.groq) }
        let page = try await providerError { _ = try await names(.groq) }

        #expect(wrongKey == .wrongKey(provider: "Groq"))
        #expect(page == .malformed(host: "Groq", what: "it is no list of models"))
    }
}

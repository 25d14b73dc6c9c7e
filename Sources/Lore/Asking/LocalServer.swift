import LoreCore
import LoreProviders

/// A server of chat models on this machine.
struct LocalServer {
    let title: String
    let provider: Provider
    let base: String
    /// What lists its models.
    let path: String

    /// Ollama, where its variable or its default says.
    static func ollama(_ environment: [String: String]) throws -> LocalServer {
        let endpoint = try ProviderEndpoint(provider: .ollama, environment: environment)
        return LocalServer(
            title: "Ollama", provider: .ollama, base: endpoint.base, path: "/api/tags")
    }

    /// llama.cpp's server at its usual port.
    static let llama = LocalServer(
        title: "a llama.cpp server", provider: .compatible, base: "http://127.0.0.1:8080",
        path: "/v1/models")

    private static let limitBytes = 1 << 20

    /// The names of its models; nil where no such server answers.
    func models(_ client: HTTPClient) async -> [String]? {
        // A server that is not there or answers otherwise is none of this kind.
        guard let document = try? await document(client) else { return nil }
        let entries = document["models"]?.elements ?? document["data"]?.elements
        return entries?.compactMap { ($0["name"] ?? $0["id"])?.string }
    }

    private func document(_ client: HTTPClient) async throws -> JSONValue {
        let second = Duration.seconds(1)
        let response = try await client.send(
            HTTPRequest(
                .get, try HTTPAddress(base + path),
                timeouts: HTTPTimeouts(connect: second, idle: second, total: second)))
        return try JSONValue(parsing: try await response.body.collect(upTo: Self.limitBytes))
    }
}

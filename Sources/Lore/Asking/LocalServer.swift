import LoreProviders

/// A server of chat models on this machine.
struct LocalServer {
    let title: String
    let endpoint: ProviderEndpoint

    /// Ollama, where its variable or its default says.
    static func ollama(_ environment: [String: String]) throws -> LocalServer {
        LocalServer(
            title: "Ollama",
            endpoint: try ProviderEndpoint(provider: .ollama, environment: environment))
    }

    /// llama.cpp's server at its usual port.
    static let llama = LocalServer(
        title: "a llama.cpp server",
        endpoint: ProviderEndpoint(
            provider: .compatible, base: "http://127.0.0.1:8080/v1", key: nil))

    /// Reaches servers that answer at once or are not there.
    static func transport() -> ProviderTransport {
        let second = Duration.seconds(1)
        return ProviderTransport(
            client: HTTPClient(
                HTTPClient.Configuration(
                    offline: true,
                    timeouts: HTTPTimeouts(connect: second, idle: second, total: second))))
    }

    /// The names of its models; nil where no such server answers.
    func models(_ transport: ProviderTransport) async -> [String]? {
        // A server that is not there or answers otherwise is none of this kind.
        try? await ProviderModels(endpoint: endpoint, transport: transport).names()
    }
}

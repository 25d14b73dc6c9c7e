import LoreCore

/// Asks a provider which models it has: the cheapest question that also tests the key.
package struct ProviderModels: Sendable {
    private let call: ProviderCall

    private static let limitBytes = 16 << 20

    package init(endpoint: ProviderEndpoint, transport: ProviderTransport) {
        call = ProviderCall(endpoint: endpoint, transport: transport)
    }

    /// The names by which the provider knows its models, in its order.
    ///
    /// It is asked once: a person waits for the answer.
    ///
    /// - Throws: `ProviderError`, `CancellationError`.
    package func names() async throws -> [String] {
        do {
            let response = try await call.send(.get, path)
            let body = try await response.body.collect(upTo: Self.limitBytes)
            guard let document = try? JSONValue(parsing: body),
                let models = (document["data"] ?? document["models"] ?? document).elements
            else { throw MalformedStream("it is no list of models") }
            return models.compactMap { name($0) }
        } catch {
            throw call.providerError(error, model: "")
        }
    }

    private var path: String {
        switch call.endpoint.provider {
        case .anthropic: "/v1/models?limit=1000"
        case .gemini: "/v1/models?pageSize=1000"
        case .ollama: "/api/tags"
        default: "/models"
        }
    }

    private func name(_ model: JSONValue) -> String? {
        guard let name = (model["id"] ?? model["name"])?.string else { return nil }
        let prefix = "models/"
        return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
    }
}

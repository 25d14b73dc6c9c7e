package import LoreCore

/// Makes the embedding models of providers that a user may name.
///
/// Models of one provider share its limiter, as they share its key.
package struct EmbeddingModels: Sendable {
    private let environment: [String: String]
    private let catalog: ModelCatalog
    private let transport: ProviderTransport
    private let limiters: [Provider: RateLimiter]

    /// Models as the settings describe them.
    ///
    /// - Parameters:
    ///   - environment: The variables that hold keys and base addresses.
    ///   - catalog: What is known of models, the user's own settings applied.
    ///   - transport: What their requests share.
    package init(
        environment: [String: String], catalog: ModelCatalog, transport: ProviderTransport
    ) {
        self.environment = environment
        self.catalog = catalog
        self.transport = transport
        limiters = Dictionary(
            uniqueKeysWithValues: Provider.allCases.map {
                ($0, RateLimiter(RateLimiter.Limits(), time: transport.time))
            })
    }

    /// Whether `name` has the form of a provider's model, `provider:name`.
    package static func isRemote(_ name: String) -> Bool { name.contains(":") }

    /// The model called `name`, such as `openai:text-embedding-3-small`.
    ///
    /// Where neither `known` nor the catalogue says how long its vectors are, a word is embedded to
    /// learn it.
    ///
    /// - Parameters:
    ///   - name: `provider:name`.
    ///   - known: How vectors of an index were made; taken over where the same model made them, so
    ///     that better knowledge of a model's limit does not turn an index stale.
    /// - Returns: The model, ready to embed.
    /// - Throws: `ProviderError`, `CancellationError`.
    package func embedder(
        named name: String, known: EmbeddingFingerprint? = nil
    ) async throws -> RemoteEmbedder {
        let exchange = try exchange(named: name)
        let name = try ModelName(name)
        let window = exchange.profile.window
        if let known,
            known.digest
                == EmbeddingFingerprint(name, dimensions: known.dimensions, window: window).digest
        {
            return RemoteEmbedder(exchange, fingerprint: known)
        }
        let dimensions: Int
        if let listed = exchange.profile.dimensions {
            dimensions = listed
        } else {
            dimensions = try await exchange.vectors(of: ["length"], as: .query).vectors[0].count
        }
        return RemoteEmbedder(
            exchange,
            fingerprint: EmbeddingFingerprint(name, dimensions: dimensions, window: window))
    }

    private func exchange(named name: String) throws -> EmbeddingExchange {
        let name = try ModelName(name)
        guard let dialect = name.provider.embeddingDialect, let limiter = limiters[name.provider]
        else { throw ProviderError.noEmbeddings(provider: name.provider.title) }
        let endpoint = try ProviderEndpoint(
            provider: name.provider, environment: environment, modelBase: catalog.base(of: name))
        return EmbeddingExchange(
            call: ProviderCall(endpoint: endpoint, transport: transport, limiter: limiter),
            dialect: dialect, profile: catalog.embeddingProfile(of: name))
    }
}

/// Reaches the providers that the settings describe.
///
/// Models of one provider share its limiter, as they share its key.
package struct ProviderCalls: Sendable {
    let catalog: ModelCatalog
    private let environment: [String: String]
    private let transport: ProviderTransport
    private let limiters: [Provider: RateLimiter]

    /// - Parameters:
    ///   - environment: The variables that hold keys and base addresses.
    ///   - catalog: What is known of models, the user's own settings applied.
    ///   - transport: What all requests share.
    ///   - limits: What a provider allows in a minute, where that is known beforehand.
    package init(
        environment: [String: String], catalog: ModelCatalog, transport: ProviderTransport,
        limits: [Provider: RateLimiter.Limits] = [:]
    ) {
        self.environment = environment
        self.catalog = catalog
        self.transport = transport
        limiters = Dictionary(
            uniqueKeysWithValues: Provider.allCases.map { provider in
                let limits = limits[provider] ?? RateLimiter.Limits()
                return (provider, RateLimiter(limits, time: transport.time))
            })
    }

    /// Whether what the model called `name` is sent stays on this machine; of one that cannot be asked
    /// nobody knows.
    package func isOnThisMachine(_ name: String) -> Bool {
        // What is wrong with the name is told where the model is asked.
        (try? call(for: ModelName(name)).endpoint.isOnThisMachine) ?? false
    }

    /// What asks the model called `name`.
    ///
    /// - Throws: `ProviderError.keyMissing`, `baseMissing`.
    func call(for name: ModelName) throws -> ProviderCall {
        let endpoint = try ProviderEndpoint(
            provider: name.provider, environment: environment, modelBase: catalog.base(of: name))
        return ProviderCall(
            endpoint: endpoint, transport: transport, limiter: limiters[name.provider])
    }
}

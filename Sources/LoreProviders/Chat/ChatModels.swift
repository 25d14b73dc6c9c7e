/// Makes the chat models that a user may name.
///
/// Models of one provider share its limiter, as they share its key.
package struct ChatModels: Sendable {
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

    /// The model called `name`, such as `anthropic:claude-opus-5-5`; nothing is asked of it yet.
    ///
    /// - Throws: `ProviderError.unknownProvider`, `keyMissing`, `baseMissing`.
    package func model(named name: String) throws -> RemoteChatModel {
        let name = try ModelName(name)
        let endpoint = try ProviderEndpoint(
            provider: name.provider, environment: environment, modelBase: catalog.base(of: name))
        return RemoteChatModel(
            profile: catalog.profile(of: name), endpoint: endpoint, transport: transport,
            limiter: limiters[name.provider])
    }
}

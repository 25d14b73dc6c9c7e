import LoreCore
import LoreProviders

extension EmbeddingModels {
    /// The providers' models as the settings describe them.
    init(_ configuration: Configuration) {
        let client = HTTPClient(
            HTTPClient.Configuration(
                offline: configuration.offline, timeouts: configuration.providerTimeouts))
        let usual = ProviderTransport.defaultPolicy
        self.init(
            environment: configuration.providers.values,
            catalog: ModelCatalog.bundled.applying(configuration.chatModels),
            transport: ProviderTransport(
                client: client,
                policy: RetryPolicy(
                    retries: configuration.retries, firstDelay: usual.firstDelay,
                    longestDelay: usual.longestDelay)))
    }
}

extension Configuration {
    fileprivate var providerTimeouts: HTTPTimeouts {
        HTTPTimeouts(
            connect: .seconds(connectTimeout), idle: .seconds(idleTimeout),
            total: .seconds(totalTimeout))
    }
}

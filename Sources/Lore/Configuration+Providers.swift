import LoreProviders

/// What the settings say of providers, for those that write and those that embed.
extension Configuration {
    /// The models as lore knows them, corrected by the settings.
    var catalog: ModelCatalog { ModelCatalog.bundled.applying(chatModels) }

    var providerTimeouts: HTTPTimeouts {
        HTTPTimeouts(
            connect: .seconds(connectTimeout), idle: .seconds(idleTimeout),
            total: .seconds(totalTimeout))
    }

    /// Carries requests to providers, connections of its own kept open; `onEgress` is told before text
    /// of notes leaves this machine.
    func providerTransport(
        onEgress: @escaping RemoteModels.EgressListener
    ) -> ProviderTransport {
        let usual = ProviderTransport.defaultPolicy
        return ProviderTransport(
            client: HTTPClient(
                HTTPClient.Configuration(
                    offline: offline, timeouts: providerTimeouts, onEgress: onEgress)),
            policy: RetryPolicy(
                retries: retries, firstDelay: usual.firstDelay, longestDelay: usual.longestDelay))
    }
}

import LoreProviders

extension EmbeddingModels {
    /// The providers' models as the settings describe them.
    init(_ configuration: Configuration) {
        self.init(
            environment: configuration.providers.values, catalog: configuration.catalog,
            transport: configuration.providerTransport())
    }
}

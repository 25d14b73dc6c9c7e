package import LoreCore

/// Makes the embedding models of providers that a user may name.
package struct EmbeddingModels: Sendable {
    private let calls: ProviderCalls

    package init(_ calls: ProviderCalls) { self.calls = calls }

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
        let name = try ModelName(name)
        let exchange = try exchange(of: name)
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
            let word = EmbeddableText("length")
            dimensions = try await exchange.vectors(of: [word], as: .query).vectors[0].count
        }
        return RemoteEmbedder(
            exchange,
            fingerprint: EmbeddingFingerprint(name, dimensions: dimensions, window: window))
    }

    private func exchange(of name: ModelName) throws -> EmbeddingExchange {
        guard let dialect = name.provider.embeddingDialect else {
            throw ProviderError.noEmbeddings(provider: name.provider.title)
        }
        return EmbeddingExchange(
            call: try calls.call(for: name), dialect: dialect,
            profile: calls.catalog.embeddingProfile(of: name))
    }
}

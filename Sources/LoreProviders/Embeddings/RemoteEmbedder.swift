import Crypto
import Foundation
package import LoreCore

/// An embedding model behind a provider's interface.
package struct RemoteEmbedder: Embedder {
    package let fingerprint: EmbeddingFingerprint
    /// US dollars for a million tokens; nil where nobody says.
    package let price: Double?
    /// Whether the provider charges for its use, as far as is known beforehand.
    package let isPaid: Bool
    /// Texts that go in one request: more in one call would be paid for before any is kept.
    package let batch: Int
    private let exchange: EmbeddingExchange
    /// Told what the provider counted of each call, and what it cost in US dollars where that is known.
    package var onCount: @Sendable (TokenUsage, _ cost: Double?) -> Void = { _, _ in }

    init(_ exchange: EmbeddingExchange, fingerprint: EmbeddingFingerprint) {
        self.exchange = exchange
        self.fingerprint = fingerprint
        price = exchange.profile.price
        isPaid = exchange.call.endpoint.provider.needsKey
        batch = exchange.dialect.limits.texts
    }

    /// Whether what it is sent stays on this machine.
    package var isOnThisMachine: Bool { exchange.call.endpoint.isOnThisMachine }

    /// The vectors of texts that are of no note.
    package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingBatch {
        try await embed(texts.map { EmbeddableText($0) }, as: role)
    }

    /// The vectors of `texts`; `tokenCounts` sum to what the provider counted, or else to an
    /// estimate.
    package func embed(
        _ texts: [EmbeddableText], as role: EmbeddingRole
    ) async throws -> EmbeddingBatch {
        let result = try await exchange.vectors(of: texts, as: role)
        let tokens = result.tokens.reduce(0, +)
        onCount(TokenUsage(inputTokens: tokens), cost(ofTokens: tokens))
        let wanted = fingerprint.dimensions
        if let wrong = result.vectors.first(where: { $0.count != wanted }) {
            throw ProviderError.malformed(
                host: exchange.call.endpoint.provider.title,
                what: "a vector has \(wrong.count) dimensions, not \(wanted)")
        }
        return EmbeddingBatch(
            dimensions: wanted, values: result.vectors.flatMap { $0 },
            tokenCounts: result.tokens, truncated: result.truncated)
    }

    /// What so many tokens cost, in US dollars; nil where nobody says.
    package func cost(ofTokens count: Int) -> Double? { price.map { $0 * Double(count) / 1e6 } }

    /// The tokens of `text` as lore estimates them: hardly ever too few.
    package static func estimatedTokens(of text: String) -> Int {
        TokenEstimate.most(bytes: text.utf8.count)
    }
}

extension EmbeddingFingerprint {
    /// The making of vectors of `dimensions` by a provider's model, which is all that can be told.
    init(_ name: ModelName, dimensions: Int, window: Int?) {
        let text = "\(name.provider.rawValue)\n\(name.model)\n\(dimensions)"
        let digest = SHA256.hash(data: Data(text.utf8))
        self.init(
            model: name.description,
            digest: digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(),
            dimensions: dimensions, maxTokens: window ?? 0, pooling: "provider", queryPrefix: "",
            passagePrefix: "")
    }
}

import LoreCore
import LoreProviders
import Synchronization

/// The models of providers; what reaches them is made when first asked for, since most commands need
/// none.
final class RemoteModels: Sendable {
    private let configuration: Configuration
    private let made = Mutex<ProviderCalls?>(nil)
    private let listener = Mutex<EgressListener?>(nil)
    private let embeddingListener = Mutex<EmbeddingListener?>(nil)

    /// Told before text of notes goes to a host that is not this machine.
    typealias EgressListener = @Sendable (_ host: String, SentNotes) -> Void

    /// Told what each call of an embedding model took, and cost in US dollars where that is known.
    typealias EmbeddingListener = @Sendable (_ model: String, TokenUsage, _ cost: Double?) -> Void

    init(configuration: Configuration) { self.configuration = configuration }

    /// Has `listener` told of what leaves this machine.
    func listen(_ listener: @escaping EgressListener) {
        self.listener.withLock { $0 = listener }
    }

    /// Has `listener` told of what embedding takes.
    func listenToEmbedding(_ listener: @escaping EmbeddingListener) {
        embeddingListener.withLock { $0 = listener }
    }

    func isOnThisMachine(_ name: String) -> Bool { calls.isOnThisMachine(name) }

    /// The chat model called `name`; nothing is asked of it yet.
    ///
    /// - Throws: `ProviderError` where it has no provider, no key or no address.
    func chatModel(named name: String) throws -> RemoteChatModel {
        guard name.contains(":") else { throw KnowledgeBaseError.unknownChatModel(name: name) }
        return try ChatModels(calls).model(named: name)
    }

    /// The batches of the chat model called `name`; nil where its provider has none.
    ///
    /// - Throws: `ProviderError` where it has no provider, no key or no address.
    func batches(of name: String) throws -> RemoteBatches? {
        try ChatModels(calls).batches(of: name)
    }

    /// The embedding model called `name`; `known` is how the index's vectors were made.
    ///
    /// - Throws: `ProviderError`, `CancellationError`.
    func embedder(
        named name: String, known: EmbeddingFingerprint?
    ) async throws -> RemoteEmbedder {
        var embedder = try await EmbeddingModels(calls).embedder(named: name, known: known)
        embedder.onCount = { [weak self] usage, cost in
            self?.embeddingListener.withLock { $0 }?(name, usage, cost)
        }
        return embedder
    }

    private var calls: ProviderCalls {
        made.withLock { made in
            if let made { return made }
            let calls = ProviderCalls(
                environment: configuration.providers.values, catalog: configuration.catalog,
                transport: configuration.providerTransport { [weak self] host, notes in
                    self?.listener.withLock { $0 }?(host, notes)
                })
            made = calls
            return calls
        }
    }
}

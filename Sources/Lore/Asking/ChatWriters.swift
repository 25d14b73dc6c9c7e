import LoreCore
import LoreProviders
import Synchronization

/// The models that write answers; made when first asked for, since most commands need none.
final class ChatWriters: Sendable {
    private let configuration: Configuration
    private let made = Mutex<ChatModels?>(nil)

    init(configuration: Configuration) { self.configuration = configuration }

    /// The model called `name`; nothing is asked of it yet.
    ///
    /// - Throws: `ProviderError` where it has no provider, no key or no address.
    func model(named name: String) throws -> RemoteChatModel {
        guard name.contains(":") else { throw KnowledgeBaseError.unknownChatModel(name: name) }
        return try models.model(named: name)
    }

    private var models: ChatModels {
        made.withLock { made in
            if let made { return made }
            let models = ChatModels(configuration)
            made = models
            return models
        }
    }
}

extension ChatModels {
    fileprivate init(_ configuration: Configuration) {
        self.init(
            environment: configuration.providers.values, catalog: configuration.catalog,
            transport: configuration.providerTransport())
    }
}

import LoreProviders

extension KnowledgeBase {
    /// The chat models that can be named: the built-in one, those of the catalogue and the settings,
    /// and those of servers that run on this machine.
    ///
    /// - Throws: `ProviderError` where a model of the settings has no provider.
    public func chatModels() async throws -> ChatModelList {
        let transport = LocalServer.transport()
        let environment = configuration.providers.values
        let ollama = try LocalServer.ollama(environment)
        async let ollamaModels = ollama.models(transport)
        async let llamaModels = LocalServer.llama.models(transport)
        let running = await ollamaModels
        var listing = ChatModelListing(configuration)
        listing.addBuiltIn()
        try listing.addKnown(isOllamaRunning: running != nil)
        for name in running ?? [] { try listing.add("ollama:\(name)", isReachable: true) }
        return ChatModelList(
            models: listing.models,
            notices: offer(ollama, running) + offer(.llama, await llamaModels))
    }

    /// Checks that a chat model can be asked by this name; it is not asked yet.
    ///
    /// - Throws: `KnowledgeBaseError.unknownChatModel`, `ProviderError` where its key is missing.
    public func checkChatModel(named name: String) throws {
        guard name != Configuration.extractive else { return }
        _ = try models.remote.chatModel(named: name)
    }

    /// That a server could be asked; nothing where a model is set.
    private func offer(_ server: LocalServer, _ models: [String]?) -> [String] {
        guard configuration.model == Configuration.extractive, let model = models?.first else {
            return []
        }
        let (provider, base) = (server.endpoint.provider, server.endpoint.base)
        let setting = provider == .ollama ? "" : "OPENAI_BASE_URL=\(base) "
        let place = base.hasSuffix("/v1") ? String(base.dropLast(3)) : base
        return [
            "\(server.title) answers at \(place); to ask it: "
                + "\(setting)lore ask -m \(provider.rawValue):\(model)"
        ]
    }
}

/// Gathers what is known of chat models, each once.
private struct ChatModelListing {
    private(set) var models: [ChatModelStatus] = []
    private let configuration: Configuration
    private let catalog: ModelCatalog

    init(_ configuration: Configuration) {
        self.configuration = configuration
        catalog = configuration.catalog
    }

    mutating func addBuiltIn() {
        append(
            Configuration.extractive, provider: "lore", key: .notNeeded, window: nil,
            isReachable: true)
    }

    /// Those of the settings and the catalogue; what has no price for answers embeds.
    mutating func addKnown(isOllamaRunning: Bool) throws {
        let set = [configuration.model, configuration.utilityModel ?? ""].filter {
            $0.contains(":")
        }
        let named = set + configuration.chatModels.keys.sorted()
        for name in named {
            try add(name, isReachable: name.hasPrefix("ollama:") ? isOllamaRunning : nil)
        }
        for name in catalog.names where try catalog.profile(of: ModelName(name)).prices != nil {
            try add(name, isReachable: nil)
        }
    }

    mutating func add(_ text: String, isReachable: Bool?) throws {
        let name = try ModelName(text)
        append(
            text, provider: name.provider.rawValue, key: key(of: name),
            window: catalog.profile(of: name).window, isReachable: isReachable)
    }

    private mutating func append(
        _ name: String, provider: String, key: ChatModelStatus.Key, window: Int?,
        isReachable: Bool?
    ) {
        guard !models.contains(where: { $0.name == name }) else { return }
        var uses: [ChatModelStatus.Use] = name == configuration.model ? [.answers] : []
        if name == configuration.utilityModel ?? configuration.model { uses.append(.utility) }
        models.append(
            ChatModelStatus(
                name: name, provider: provider, key: key, window: window,
                isReachable: isReachable, uses: uses))
    }

    private func key(of name: ModelName) -> ChatModelStatus.Key {
        guard name.provider.needsKey, catalog.base(of: name) == nil,
            let variable = name.provider.keyVariable
        else { return .notNeeded }
        let key = configuration.providers.values[variable].flatMap { APIKey($0) }
        return key == nil ? .missing : .present
    }
}

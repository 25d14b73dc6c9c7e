package import LoreCore

/// A chat model behind a provider's interface.
package struct RemoteChatModel: ChatModel {
    package let name: String
    package let profile: ModelProfile
    private let call: ProviderCall

    package var window: Int? { profile.window }
    /// Where it is reached.
    package var place: String { call.endpoint.base }
    /// Whether what it is sent stays on this machine.
    package var isOnThisMachine: Bool { call.endpoint.isOnThisMachine }
    /// Whether its use is paid for.
    package var isPaid: Bool { call.endpoint.provider.needsKey }
    package var holdsSchemas: Bool { call.endpoint.provider.holdsSchemas }

    /// A model; `limiter` is shared by all that use the same key.
    package init(
        profile: ModelProfile, endpoint: ProviderEndpoint, transport: ProviderTransport,
        limiter: RateLimiter? = nil
    ) {
        self.init(
            profile: profile,
            call: ProviderCall(endpoint: endpoint, transport: transport, limiter: limiter))
    }

    init(profile: ModelProfile, call: ProviderCall) {
        name = "\(call.endpoint.provider.rawValue):\(profile.name)"
        self.profile = profile
        self.call = call
    }

    package func stream(_ request: ChatRequest) -> ChatStream {
        let dialect = call.endpoint.provider.dialect(for: request)
        return ChatStream { [profile, call] in
            let exchange = ChatExchange(request, to: profile, in: dialect, through: call)
            return { try await exchange.next() }
        }
    }
}

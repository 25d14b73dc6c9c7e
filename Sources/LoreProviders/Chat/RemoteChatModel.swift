package import LoreCore

/// A chat model behind a provider's interface.
package struct RemoteChatModel: ChatModel {
    package let name: String
    package let profile: ModelProfile
    private let endpoint: ProviderEndpoint
    private let transport: ProviderTransport
    private let limiter: RateLimiter

    package var window: Int? { profile.window }
    package var holdsSchemas: Bool { endpoint.provider.holdsSchemas }

    /// A model; `limiter` is shared by all that use the same key.
    package init(
        profile: ModelProfile, endpoint: ProviderEndpoint, transport: ProviderTransport,
        limiter: RateLimiter? = nil
    ) {
        name = "\(endpoint.provider.rawValue):\(profile.name)"
        self.profile = profile
        self.endpoint = endpoint
        self.transport = transport
        self.limiter = limiter ?? RateLimiter(RateLimiter.Limits(), time: transport.time)
    }

    package func stream(_ request: ChatRequest) -> ChatStream {
        let call = ProviderCall(endpoint: endpoint, transport: transport, limiter: limiter)
        return ChatStream { [profile, dialect = endpoint.provider.dialect(for: request)] in
            let exchange = ChatExchange(request, to: profile, in: dialect, through: call)
            return { try await exchange.next() }
        }
    }
}

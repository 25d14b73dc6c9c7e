import Foundation
import LoreCore
import LoreProviders
import Synchronization
import TestSupport

/// A model of each protocol at a scripted provider, whose time passes without waiting.
struct TestModels: Sendable {
    let provider: ScriptedProvider
    let client = testClient()
    let waits = Waits()

    init() throws { provider = try ScriptedProvider() }

    /// The waits that were asked for, in their order.
    final class Waits: Sendable {
        private let list = Mutex<[Duration]>([])
        var all: [Duration] { list.withLock { $0 } }
        func add(_ wait: Duration) { list.withLock { $0.append(wait) } }
    }

    func model(
        _ wire: ScriptedWire, retries: Int = 2, window: Int? = nil, limiter: RateLimiter? = nil
    ) -> RemoteChatModel {
        var profile = ModelProfile(name: wire == .gemini ? ScriptedProvider.geminiModel : "m")
        profile.window = window
        let time = Timekeeper(
            now: { Date(timeIntervalSince1970: 1_795_424_900) },
            sleep: { [waits] in
                try Task.checkCancellation()
                waits.add($0)
            })
        let policy = RetryPolicy(
            retries: retries, firstDelay: .milliseconds(500), longestDelay: .seconds(8))
        return RemoteChatModel(
            profile: profile, endpoint: endpoint(wire),
            transport: ProviderTransport(client: client, policy: policy, time: time),
            limiter: limiter)
    }

    func endpoint(_ wire: ScriptedWire) -> ProviderEndpoint {
        let provider: Provider =
            switch wire {
            case .openAIChat, .openAIResponses: .openai
            case .anthropic: .anthropic
            case .gemini: .gemini
            case .ollama: .ollama
            }
        return ProviderEndpoint(
            provider: provider, base: self.provider.server.address(""), key: APIKey("sk-test"))
    }

    /// A question, with a tool where the protocol is used with tools alone.
    static func request(_ wire: ScriptedWire, _ text: String = "Hi") -> ChatRequest {
        ChatRequest(
            messages: [ChatMessage(.user, text)],
            tools: wire == .openAIResponses ? [searchTool] : [])
    }

    static let searchTool = ToolDefinition(
        name: "search", description: "Searches the notes.",
        parameters: [
            "type": "object", "properties": ["q": ["type": "string"]], "required": ["q"],
        ])
}

/// All events of a stream, and what ended it early.
func events(
    of model: some ChatModel, _ request: ChatRequest
) async -> (events: [ChatEvent], error: (any Error)?) {
    var events: [ChatEvent] = []
    do {
        for try await event in model.stream(request) { events.append(event) }
        return (events, nil)
    } catch {
        return (events, error)
    }
}

extension [ChatEvent] {
    var text: String {
        reduce(into: "") { text, event in
            if case .text(let piece) = event { text += piece }
        }
    }

    var calls: [ToolCall] {
        compactMap { event -> ToolCall? in
            if case .toolCall(let call) = event { call } else { nil }
        }
    }

    var notices: [ChatNotice] {
        compactMap { event -> ChatNotice? in
            if case .notice(let notice) = event { notice } else { nil }
        }
    }

    var reply: ChatReply? {
        guard case .finished(let reply)? = last else { return nil }
        return reply
    }
}

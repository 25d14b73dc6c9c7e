public import LoreCore
import Synchronization

/// A chat model that says what a test tells it, and keeps what it was asked.
public final class ScriptedChatModel: ChatModel {
    public let name = "test:scripted"
    public let window: Int?
    public let holdsSchemas: Bool
    private let state: Mutex<State>

    private struct State {
        var replies: [ChatReply]
        var requests: [ChatRequest] = []
    }

    /// A model that gives these replies, one a request; one more request is a mistake of the test.
    public init(_ replies: [ChatReply], window: Int? = nil, holdsSchemas: Bool = true) {
        self.window = window
        self.holdsSchemas = holdsSchemas
        state = Mutex(State(replies: replies))
    }

    /// A model that gives these texts.
    public convenience init(_ texts: String..., holdsSchemas: Bool = true) {
        let replies = texts.map { text in
            ChatReply(
                message: ChatMessage(.assistant, text), finish: .stop,
                usage: TokenUsage(inputTokens: 10, outputTokens: 1), model: "scripted")
        }
        self.init(replies, holdsSchemas: holdsSchemas)
    }

    public var requests: [ChatRequest] { state.withLock { $0.requests } }

    public func stream(_ request: ChatRequest) -> ChatStream {
        ChatStream { [self] in
            let reply = state.withLock { state in
                state.requests.append(request)
                return state.replies.removeFirst()
            }
            let text: [ChatEvent] = reply.text.isEmpty ? [] : [.text(reply.text)]
            var events = text + reply.toolCalls.map { .toolCall($0) } + [.finished(reply)]
            return { events.isEmpty ? nil : events.removeFirst() }
        }
    }
}

/// A model that continues a conversation.
public protocol ChatModel: Sendable {
    /// What the user calls it, such as `anthropic:claude-opus-5-5`.
    var name: String { get }

    /// Tokens of a request and its answer together; nil where that is not known.
    var window: Int? { get }

    /// Whether a `schema` in a request holds the reply to it, and does not merely ask.
    var holdsSchemas: Bool { get }

    /// The reply to `request`, piece by piece; the request goes out when reading begins.
    ///
    /// The last event is `finished` with the whole reply, and without it the stream throws. Letting
    /// go of the stream, or cancelling the task that reads it, ends the request.
    func stream(_ request: ChatRequest) -> ChatStream
}

extension ChatModel {
    /// The whole reply to `request`: the end of its stream, so that the two cannot differ.
    public func reply(to request: ChatRequest) async throws -> ChatReply {
        var whole: ChatReply?
        for try await event in stream(request) {
            if case .finished(let reply) = event { whole = reply }
        }
        guard let whole else { throw CancellationError() }
        return whole
    }
}

/// The events of one reply, for one reader; nothing is read ahead of it.
public struct ChatStream: AsyncSequence, Sendable {
    public typealias Next = () async throws -> ChatEvent?

    private let begin: @Sendable () -> Next

    /// - Parameter begin: Starts a request and returns what gives its events, `nil` at the end.
    public init(_ begin: @escaping @Sendable () -> Next) { self.begin = begin }

    public struct AsyncIterator: AsyncIteratorProtocol {
        let produce: Next

        public mutating func next() async throws -> ChatEvent? { try await produce() }
    }

    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(produce: begin()) }
}

/// What a model says, as it says it.
public enum ChatEvent: Hashable, Sendable {
    /// The next piece of the answer, never empty.
    case text(String)
    /// The next piece of what the model shows of its thinking: no part of the answer.
    case thinking(String)
    /// A call, as soon as all of it is there.
    case toolCall(ToolCall)
    /// What the user should know besides.
    case notice(ChatNotice)
    /// The end: nothing follows.
    case finished(ChatReply)
}

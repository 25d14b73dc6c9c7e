/// What a model answered, whole.
public struct ChatReply: Hashable, Sendable {
    public var message: ChatMessage
    public var finish: FinishReason
    public var usage: TokenUsage
    /// The model that answered, as the provider calls it.
    public var model: String
    public var notices: [ChatNotice]
    /// Whether it answered an equal request before, and nothing was sent now.
    public var isKept = false

    public init(
        message: ChatMessage, finish: FinishReason, usage: TokenUsage, model: String,
        notices: [ChatNotice] = []
    ) {
        self.message = message
        self.finish = finish
        self.usage = usage
        self.model = model
        self.notices = notices
    }

    public var text: String { message.text }
    public var toolCalls: [ToolCall] { message.toolCalls }
}

/// Why a reply ended.
public enum FinishReason: Hashable, Sendable {
    case stop
    /// It reached the limit of tokens, its own or the window's.
    case length
    /// Tools are to be run.
    case toolCalls
    /// The model declined.
    case refusal
    /// The provider's filter held the reply back, or a part of it.
    case filtered
    /// The reply goes on when asked.
    case paused
    /// The model failed, in the provider's word.
    case failed(String)
    /// A word that lore does not know.
    case other(String)

    /// Whether the reply is all that the model meant to say.
    public var isComplete: Bool { self == .stop || self == .toolCalls }

    /// The reason in one word, as programs read it.
    public var word: String {
        switch self {
        case .stop: "stop"
        case .length: "length"
        case .toolCalls: "tool_calls"
        case .refusal: "refusal"
        case .filtered: "filtered"
        case .paused: "paused"
        case .failed: "failed"
        case .other(let word): word
        }
    }
}

/// The tokens of one or more requests.
public struct TokenUsage: Hashable, Sendable {
    /// All that was sent, cached parts included.
    public var inputTokens: Int
    /// The part of `inputTokens` that was read from the provider's cache.
    public var cachedTokens: Int
    /// The part of `inputTokens` that was written to the provider's cache.
    public var cacheWriteTokens: Int
    /// All that was made, thinking included.
    public var outputTokens: Int
    /// The part of `outputTokens` that was thinking.
    public var reasoningTokens: Int
    /// Whether the provider did not say, and lore counted characters.
    public var isEstimated: Bool

    public init(
        inputTokens: Int = 0, cachedTokens: Int = 0, cacheWriteTokens: Int = 0,
        outputTokens: Int = 0, reasoningTokens: Int = 0, isEstimated: Bool = false
    ) {
        self.inputTokens = inputTokens
        self.cachedTokens = cachedTokens
        self.cacheWriteTokens = cacheWriteTokens
        self.outputTokens = outputTokens
        self.reasoningTokens = reasoningTokens
        self.isEstimated = isEstimated
    }

    public static func + (a: TokenUsage, b: TokenUsage) -> TokenUsage {
        TokenUsage(
            inputTokens: a.inputTokens + b.inputTokens,
            cachedTokens: a.cachedTokens + b.cachedTokens,
            cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
            outputTokens: a.outputTokens + b.outputTokens,
            reasoningTokens: a.reasoningTokens + b.reasoningTokens,
            isEstimated: a.isEstimated || b.isEstimated)
    }
}

/// What a model is asked: the conversation so far and the terms of the reply.
public struct ChatRequest: Hashable, Sendable {
    /// The program's own instructions, before every message; never text of a note.
    public var system: String
    /// From the first to the last, which is the user's.
    public var messages: [ChatMessage]
    public var tools: [ToolDefinition]
    public var toolChoice: ToolChoice
    public var parameters: ChatParameters
    /// The form that the reply must have, where it must have one.
    public var schema: ReplySchema?
    /// Equal for requests that begin alike, so that a provider serves them from one cache.
    public var cacheKey: String?
    /// Every range of a note whose text is in the messages, also in those of earlier turns.
    public var origins: [NoteOrigin]
    /// What the reply is for.
    public var purpose = ModelCall.Purpose.answer

    public init(
        system: String = "", messages: [ChatMessage], tools: [ToolDefinition] = [],
        toolChoice: ToolChoice = .auto, parameters: ChatParameters = ChatParameters(),
        schema: ReplySchema? = nil, cacheKey: String? = nil, origins: [NoteOrigin] = []
    ) {
        self.system = system
        self.messages = messages
        self.tools = tools
        self.toolChoice = toolChoice
        self.parameters = parameters
        self.schema = schema
        self.cacheKey = cacheKey
        self.origins = origins
    }
}

/// How a model is to write, in terms of no provider; what one refuses is left out with a notice.
public struct ChatParameters: Hashable, Sendable {
    /// 0 for the likeliest words, 1 for the model's own spread; its default where nil.
    public var temperature: Double?
    /// Of the reply, thinking included where the provider counts it so.
    public var maxTokens: Int?
    /// Texts that end the reply; they are no part of it.
    public var stop: [String]
    public var effort: Effort?

    public init(
        temperature: Double? = nil, maxTokens: Int? = nil, stop: [String] = [],
        effort: Effort? = nil
    ) {
        self.temperature = temperature
        self.maxTokens = maxTokens
        self.stop = stop
        self.effort = effort
    }
}

/// How long a model may think before it answers.
public enum Effort: String, Sendable, CaseIterable {
    case none, minimal, low, medium, high, xhigh, max
}

/// A JSON form that a reply must have.
public struct ReplySchema: Hashable, Sendable {
    /// Letters, digits, `_` and `-`.
    public let name: String
    /// JSON Schema; every object lists all its properties as required and allows no others.
    public let schema: JSONValue

    public init(name: String, schema: JSONValue) {
        self.name = name
        self.schema = schema
    }
}

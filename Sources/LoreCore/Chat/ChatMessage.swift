/// One turn of a conversation with a model.
public struct ChatMessage: Hashable, Sendable {
    public enum Role: String, Sendable {
        /// The user, or what a program answers to a model's calls.
        case user
        case assistant
    }

    public var role: Role
    public var parts: [ChatPart]
    /// The turn as its provider sent it, for that provider alone.
    public var original: OriginalTurn?

    public init(_ role: Role, _ parts: [ChatPart], original: OriginalTurn? = nil) {
        self.role = role
        self.parts = parts
        self.original = original
    }

    /// A turn of text alone.
    public init(_ role: Role, _ text: String) { self.init(role, [.text(text)]) }

    /// The text of all parts, without a break between them.
    public var text: String {
        parts.reduce(into: "") { text, part in
            if case .text(let piece) = part { text += piece }
        }
    }

    public var toolCalls: [ToolCall] {
        parts.compactMap { part -> ToolCall? in
            if case .toolCall(let call) = part { call } else { nil }
        }
    }

    public var toolResults: [ToolResult] {
        parts.compactMap { part -> ToolResult? in
            if case .toolResult(let result) = part { result } else { nil }
        }
    }

    /// This turn without what only its provider can read.
    ///
    /// A provider refuses its own thinking when what came before it was changed: a history that is
    /// trimmed or rewritten goes back without it.
    public var withoutOriginal: ChatMessage { ChatMessage(role, parts) }
}

/// A piece of a turn.
public enum ChatPart: Hashable, Sendable {
    case text(String)
    case toolCall(ToolCall)
    case toolResult(ToolResult)
}

/// A model's turn in its provider's own form, to go back unchanged while a tool loop is open.
///
/// It holds what lore cannot read: thinking with its signature, encrypted reasoning, calls bound to
/// either.
public struct OriginalTurn: Hashable, Sendable {
    /// The protocol that it belongs to.
    public let dialect: String
    /// The model that made it, as the provider calls it.
    public let model: String
    public let content: JSONValue

    public init(dialect: String, model: String, content: JSONValue) {
        self.dialect = dialect
        self.model = model
        self.content = content
    }
}

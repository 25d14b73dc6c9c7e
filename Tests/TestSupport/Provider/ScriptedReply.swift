public import LoreCore

/// What a scripted model says, in no protocol's terms.
public struct ScriptedReply: Sendable {
    public struct Call: Sendable {
        public var id: String
        public var name: String
        /// The arguments as they are streamed, where the protocol streams them in pieces.
        public var pieces: [String]

        public init(id: String, name: String, pieces: String...) {
            self.id = id
            self.name = name
            self.pieces = pieces
        }

        public var arguments: String { pieces.joined() }

        /// For protocols that send an object.
        var object: JSONValue { (try? JSONValue(parsing: arguments)) ?? .object([]) }
    }

    public enum Finish: Sendable {
        case stop, length, refusal, filtered
    }

    public var thinking: String
    public var pieces: [String]
    public var calls: [Call]
    public var finish: Finish
    public var usage: TokenUsage

    public init(
        thinking: String = "", pieces: [String] = [], calls: [Call] = [], finish: Finish = .stop,
        usage: TokenUsage = TokenUsage(inputTokens: 26, outputTokens: 9)
    ) {
        self.thinking = thinking
        self.pieces = pieces
        self.calls = calls
        self.finish = finish
        self.usage = usage
    }

    public static func text(_ pieces: String...) -> ScriptedReply { ScriptedReply(pieces: pieces) }

    public var text: String { pieces.joined() }
}

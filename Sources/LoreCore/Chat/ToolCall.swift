/// A function that a model may ask to be run.
public struct ToolDefinition: Hashable, Sendable {
    /// Letters, digits, `_` and `-`, at most 64.
    public let name: String
    /// For the model: what it does, and when to use it.
    public let description: String
    /// The arguments, as a JSON Schema of an object.
    public let parameters: JSONValue

    public init(name: String, description: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }

    /// The bytes of all that a model reads of it.
    package var textBytes: Int {
        name.utf8.count + description.utf8.count + parameters.bytes.count
    }
}

/// Whether a model may, must or must not call a tool.
public enum ToolChoice: Hashable, Sendable {
    case auto
    case none
    /// Some tool.
    case required
    case named(String)
}

/// A model's wish to have a tool run.
public struct ToolCall: Hashable, Sendable {
    /// Names the call in its result.
    public let id: String
    public let name: String
    /// What the model wrote: JSON where it did as it was told.
    public let argumentText: String
    /// Whether the reply ended inside the call; such a call is never run.
    public let isCut: Bool

    public init(id: String, name: String, argumentText: String, isCut: Bool = false) {
        self.id = id
        self.name = name
        self.argumentText = argumentText
        self.isCut = isCut
    }

    /// The arguments as an object; empty text means no arguments.
    ///
    /// - Throws: `ToolCallError`, whose words are for the model.
    public func arguments() throws(ToolCallError) -> JSONValue {
        if isCut { throw .cut(name: name) }
        if argumentText.allSatisfy(\.isWhitespace) { return .object([]) }
        let value: JSONValue
        do {
            value = try JSONValue(parsing: argumentText)
        } catch {
            throw .invalidArguments(name: name, reason: "\(error)")
        }
        guard value.members != nil else {
            throw .invalidArguments(name: name, reason: "not an object")
        }
        return value
    }
}

/// What came of a call.
public struct ToolResult: Hashable, Sendable {
    public let callID: String
    public let name: String
    public let content: String
    public let isError: Bool

    public init(callID: String, name: String, content: String, isError: Bool = false) {
        self.callID = callID
        self.name = name
        self.content = content
        self.isError = isError
    }

    /// The result of `call`.
    public init(of call: ToolCall, _ content: String, isError: Bool = false) {
        self.init(callID: call.id, name: call.name, content: content, isError: isError)
    }
}

/// A call that cannot be run; its words go back to the model.
public enum ToolCallError: LoreError, Hashable {
    case cut(name: String)
    case invalidArguments(name: String, reason: String)

    public var category: ErrorCategory { .invalidInput }

    public var message: String {
        switch self {
        case .cut(let name): "the call of '\(name)' was cut off before its end and was not run"
        case .invalidArguments(let name, let reason):
            "the arguments of '\(name)' are not a JSON object: \(reason)"
        }
    }

    public var hint: String {
        switch self {
        case .cut: "call it again with shorter arguments"
        case .invalidArguments: "call it again with one JSON object"
        }
    }
}

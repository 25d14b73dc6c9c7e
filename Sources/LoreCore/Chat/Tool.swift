/// A function that a model may have run while it answers.
public protocol Tool: Sendable {
    var definition: ToolDefinition { get }

    /// What comes of the call.
    ///
    /// `arguments` is an object, but not checked against the definition.
    ///
    /// - Throws: Anything; its description goes to the model as a failed result.
    func run(_ arguments: JSONValue) async throws -> ToolOutput
}

/// What comes of a call, for a model to read.
public struct ToolOutput: Hashable, Sendable {
    /// Its first line says in a few words what came.
    public var text: String
    /// Passages of notes, best first, such as the hits of `KnowledgeBase.search`: the model is given them
    /// with numbers, and the answer may cite them.
    public var passages: [Hit]
    /// Lines of notes whose text, or whose title, is in `text`.
    public var origins: [NoteOrigin]

    public init(_ text: String, passages: [Hit] = [], origins: [NoteOrigin] = []) {
        self.text = text
        self.passages = passages
        self.origins = origins
    }
}

extension ToolOutput: ExpressibleByStringInterpolation {
    public init(stringLiteral text: String) { self.init(text) }
}

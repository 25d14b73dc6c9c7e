/// A function that a model may have run.
public protocol Tool: Sendable {
    var definition: ToolDefinition { get }

    /// What comes of the call, as text for the model.
    ///
    /// `arguments` is an object, but not checked against the definition.
    ///
    /// - Throws: Anything; its description goes to the model as a failed result.
    func run(_ arguments: JSONValue) async throws -> String
}

package import LoreCore

/// Asks a model for a reply of a given form, and checks that it has it.
package struct StructuredOutput: Sendable {
    /// A reply that fits.
    package struct Reply: Sendable {
        package let value: JSONValue
        /// The last reply, which holds the value; its usage is that of all rounds.
        package let reply: ChatReply
    }

    private let schema: ReplySchema

    package init(_ schema: ReplySchema) { self.schema = schema }

    /// The reply to `request` in the form of the schema.
    ///
    /// A model that cannot be held to a schema, or not to this one, is told it. A reply that does not fit goes back once,
    /// with what is wrong with it.
    ///
    /// - Throws: `StructuredOutputError` with the text of the second reply; what the model throws.
    package func reply(
        to request: ChatRequest, from model: some ChatModel
    ) async throws -> Reply {
        var request = formed(request, for: model)
        let first = try await model.reply(to: request)
        let problems: [String]
        switch check(first) {
        case .success(let value): return Reply(value: value, reply: first)
        case .failure(let error): problems = error.problems
        }
        request.messages += [first.message, ChatMessage(.user, correction(problems))]
        var second = try await model.reply(to: request)
        second.usage = first.usage + second.usage
        return Reply(value: try check(second).get(), reply: second)
    }

    /// `request` as it goes out first.
    package func formed(_ request: ChatRequest, for model: some ChatModel) -> ChatRequest {
        var request = request
        if model.holdsSchemas && schema.isClosed {
            request.schema = schema
        } else {
            request.system += (request.system.isEmpty ? "" : "\n\n") + instruction
        }
        return request
    }

    private func check(_ reply: ChatReply) -> Result<JSONValue, StructuredOutputError> {
        guard let value = jsonInText(reply.text) else {
            return .failure(.noJSON(text: reply.text))
        }
        let problems = SchemaCheck(schema.schema).problems(in: value)
        return problems.isEmpty
            ? .success(value) : .failure(.wrongForm(problems: problems, text: reply.text))
    }

    private var instruction: String {
        "Reply with JSON alone that fits this JSON Schema: \(schema.schema.text)"
    }

    private func correction(_ problems: [String]) -> String {
        let list = problems.prefix(8).map { "- \($0)" }.joined(separator: "\n")
        return "Your reply does not fit:\n\(list)\n\(instruction)"
    }
}

/// A reply that has not the form it should have.
package enum StructuredOutputError: LoreError, Hashable {
    case noJSON(text: String)
    case noStatements(text: String)
    case wrongForm(problems: [String], text: String)

    fileprivate var problems: [String] {
        switch self {
        case .noJSON: ["it holds no JSON"]
        case .noStatements: ["it holds no list of statements"]
        case .wrongForm(let problems, _): problems
        }
    }

    package var category: ErrorCategory { .failure }

    package var message: String {
        switch self {
        case .noJSON(let text): "the model did not reply with JSON but: \(text)"
        case .noStatements(let text):
            "the model was asked for a list of statements and replied: \(text)"
        case .wrongForm(let problems, let text):
            "the model's reply does not fit the schema: \(problems.first ?? ""); it was: \(text)"
        }
    }

    package var hint: String {
        switch self {
        case .noStatements: "ask without --strict, or try another model"
        case .noJSON, .wrongForm: "try a larger model or a simpler schema"
        }
    }
}

import Lore
import LoreCore

/// The body of `POST /api/chat`.
struct ChatRequest: Decodable {
    enum Key: String, CodingKey, CaseIterable {
        case message, model, limit, `where`, stream, strict, schema, history, attachment,
            tools
        case conversationID = "conversation_id"
        case maxTokens = "max_tokens"
        case maxCost = "max_cost"
        case noCache = "no_cache"
    }

    /// Whether the answer is wanted as it is written.
    let stream: Bool
    /// The question, not in the form of a schema yet.
    private let question: AskRequest
    private let hasSchema: Bool

    init(from decoder: any Decoder) throws {
        let fields = try StrictFields<Key>(decoder)
        var question = AskRequest(
            try fields.required(.message), model: try fields.optional(.model),
            passages: try fields.optional(.limit), filter: try fields.filter(.where),
            maxTokens: try fields.optional(.maxTokens),
            attachment: try fields.optional(.attachment),
            conversation: try fields.optional(.conversationID).map { .named($0) } ?? .new)
        question.history = try fields.choice(.history)
        question.maxCost = try fields.optional(.maxCost)
        question.usesKeptReplies = try !(fields.optional(.noCache) ?? false)
        question.usesNoteTools = try fields.optional(.tools)
        question.form = try fields.optional(.strict).map { $0 ? .strict : .text }
        stream = try fields.optional(.stream) ?? false
        hasSchema = fields.has(.schema)
        self.question = question
        try check()
    }

    private func check() throws {
        if let maxCost = question.maxCost, maxCost < 0 {
            throw RequestError.belowZero(name: Key.maxCost.rawValue)
        }
        if hasSchema, question.form == .strict {
            throw RequestError.exclusive(Key.strict.rawValue, Key.schema.rawValue)
        }
    }

    /// The question that `body`, from which this was read, asks.
    ///
    /// The schema is read here, since its properties are written by a model in the order that they have.
    ///
    /// - Throws: `AnswerFormError.noSchema`, `RequestError.malformedJSON`.
    func asked(in body: some Collection<UInt8>) throws -> AskRequest {
        guard hasSchema else { return question }
        var question = question
        question.form = try .value(of: schema(in: body))
        return question
    }

    private func schema(in body: some Collection<UInt8>) throws -> JSONValue {
        do {
            return try JSONValue(parsing: body)[Key.schema.rawValue] ?? .null
        } catch {
            throw RequestError.malformedJSON(reason: "\(error)")
        }
    }
}

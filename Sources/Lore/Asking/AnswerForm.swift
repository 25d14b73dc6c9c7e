import Foundation
public import LoreCore

/// The form in which an answer is wanted.
public enum AnswerForm: Hashable, Sendable {
    /// Text; a quote is looked for behind each of the model's citations.
    case text
    /// Statements that can cite nothing but sentences of the notes.
    case strict
    /// A JSON value of this schema, without citations.
    case value(ReplySchema)

    var isValue: Bool {
        if case .value = self { true } else { false }
    }

    /// The form that the JSON Schema in `file` describes.
    ///
    /// - Throws: `AnswerFormError.unreadableSchema`, `.noSchema`.
    public static func value(ofSchemaIn file: String) throws -> AnswerForm {
        let bytes: Data
        do {
            bytes = try Data(contentsOf: URL(filePath: file))
        } catch {
            throw AnswerFormError.unreadableSchema(
                file: file, reason: error.localizedDescription)
        }
        // What is no JSON is no schema, wherever it stops being one.
        guard let schema = try? JSONValue(parsing: bytes), schema.describesAnAnswer else {
            throw AnswerFormError.noSchema(file: file)
        }
        return try value(of: schema)
    }

    /// The form that a JSON Schema describes.
    ///
    /// - Throws: `AnswerFormError.noSchema`.
    public static func value(of schema: JSONValue) throws -> AnswerForm {
        guard schema.describesAnAnswer else { throw AnswerFormError.noSchema(file: nil) }
        return .value(ReplySchema(name: "answer", schema: schema))
    }
}

extension JSONValue {
    /// Whether this is a schema of an object or a list: what can be found in a reply with certainty.
    fileprivate var describesAnAnswer: Bool {
        if let type = self["type"] { return type == "object" || type == "array" }
        return self["$ref"] != nil || self["anyOf"] != nil
    }
}

/// A form of answer that cannot be had.
public enum AnswerFormError: LoreError, Hashable {
    /// `holding`: the providers that hold their models to a schema.
    case notStrict(model: String, holding: [String])
    case valueWithoutModel
    case unreadableSchema(file: String, reason: String)
    /// `file`: nil where the schema came with the request.
    case noSchema(file: String?)

    public var category: ErrorCategory { .invalidInput }

    public var message: String {
        switch self {
        case .notStrict(let model, _): "'\(model)' cannot be held to a strict answer"
        case .valueWithoutModel:
            "'\(Configuration.extractive)' answers with sentences of the notes, not in the form of a schema"
        case .unreadableSchema(let file, let reason): "cannot read '\(file)': \(reason)"
        case .noSchema(nil): "the schema is no JSON Schema of an object or an array"
        case .noSchema(let file?): "'\(file)' holds no JSON Schema of an object or an array"
        }
    }

    public var hint: String {
        switch self {
        case .notStrict(_, let holding):
            "ask without strict, or name a model of \(holding.joined(separator: ", ")), "
                + "or '\(Configuration.extractive)'"
        case .valueWithoutModel: "name a model with -m"
        case .unreadableSchema: "give a file that can be read"
        case .noSchema: #"write one such as {"type": "object", "properties": {…}}"#
        }
    }
}

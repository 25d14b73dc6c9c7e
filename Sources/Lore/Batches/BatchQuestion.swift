public import LoreCore

/// A question of a batch.
public struct BatchQuestion: Sendable {
    /// The user's own id of it.
    public let id: String?
    public let question: String
    /// Which notes the answer may draw on; nil for all.
    public let filter: Filter?

    public init(_ question: String, id: String? = nil, filter: Filter? = nil) {
        self.id = id
        self.question = question
        self.filter = filter
    }
}

extension [BatchQuestion] {
    /// Reads questions as JSON lines: `{"question", "id", "where"}`, or a text alone.
    ///
    /// - Parameters:
    ///   - text: The lines; empty ones are passed over.
    ///   - file: The name to be told in errors.
    /// - Throws: `KnowledgeBaseError.malformedBatchLine`, `.emptyBatch`.
    public init(jsonLines text: String, file: String) throws {
        self = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
            do {
                append(try BatchQuestion(line: String(line)))
            } catch {
                throw KnowledgeBaseError.malformedBatchLine(
                    file: file, line: index + 1, reason: "\(error)")
            }
        }
        guard !isEmpty else { throw KnowledgeBaseError.emptyBatch(file: file) }
    }
}

/// What is wrong with a line.
private struct LineFault: Error, CustomStringConvertible {
    let description: String
}

extension BatchQuestion {
    private static let fields = ["question", "id", "where"]

    fileprivate init(line: String) throws {
        guard let value = try? JSONValue(parsing: line) else {
            throw LineFault(description: "it is not JSON")
        }
        let members = value.members ?? [JSONMember("question", value)]
        for member in members where !Self.fields.contains(member.name) {
            let nearest = nearestName(to: member.name, among: Self.fields)
            throw LineFault(
                description: "it has a field '\(member.name)'"
                    + (nearest.map { "; did you mean '\($0)'?" } ?? ""))
        }
        for member in members where member.value.string == nil {
            throw LineFault(description: "its \(member.name) is no text")
        }
        let question = value.string ?? value["question"]?.string ?? ""
        guard question.contains(where: { !$0.isWhitespace }) else {
            throw LineFault(description: "it has no question")
        }
        self.init(
            question, id: value["id"]?.string,
            filter: try value["where"]?.string.map { try Filter($0) })
    }
}

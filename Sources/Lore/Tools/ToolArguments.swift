import Foundation
import LoreCore

/// The arguments of a call as a tool wants them; a value of the wrong kind is told to the model.
struct ToolArguments {
    let object: JSONValue

    init(_ object: JSONValue) { self.object = object }

    /// The text called `name`, without blanks around it; nil where there is none.
    func text(_ name: String) throws -> String? {
        guard let value = object[name], !value.isNull else { return nil }
        guard let text = value.string else { throw ToolArgumentError.wrongKind(name, "a text") }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// The same, where there must be some.
    func needed(_ name: String) throws -> String {
        guard let text = try text(name), !text.isEmpty else {
            throw ToolArgumentError.missing(name)
        }
        return text
    }

    /// The whole number called `name`, no less than the least of `range` and no more than its most.
    func count(_ name: String, in range: ClosedRange<Int>, default usual: Int) throws -> Int {
        guard let value = object[name], !value.isNull else { return usual }
        // Small models write numbers as texts.
        guard let number = value.int ?? value.string.flatMap(Int.init) else {
            throw ToolArgumentError.wrongKind(name, "a whole number")
        }
        return min(max(number, range.lowerBound), range.upperBound)
    }
}

/// A call that cannot be run as it is; its words go back to the model.
enum ToolArgumentError: LoreError, Hashable {
    case missing(String)
    case wrongKind(String, String)
    case noWords(String)
    case noLines(String)

    var category: ErrorCategory { .invalidInput }

    var message: String {
        switch self {
        case .missing(let name): "the argument '\(name)' is missing"
        case .wrongKind(let name, let kind): "the argument '\(name)' is not \(kind)"
        case .noWords(let text): "'\(text)' has no word to look for"
        case .noLines(let text): "'\(text)' are no lines"
        }
    }

    var hint: String {
        if case .noLines = self { return "write them as 10-40" }
        return ""
    }
}

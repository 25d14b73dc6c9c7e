/// A filter that cannot be read, and where.
public struct FilterError: LoreError, Hashable {
    /// What is wrong.
    public enum Mistake: Hashable, Sendable {
        case empty
        case tooLong(limit: Int)
        case tooDeep(limit: Int)
        case unknownField(name: String, nearest: String?)
        case noField(word: String)
        case noValue(field: String)
        case groupedValue(field: String)
        case openQuote
        case openParenthesis
        case strayParenthesis
        case emptyParentheses
        case nothingBefore(operator: String)
        case nothingAfter(operator: String)
        case noDate(value: String)
        case backwards(value: String)
    }

    public let mistake: Mistake
    /// The filter as it was written.
    public let filter: String
    /// UTF-8 offsets into `filter` of what is wrong; empty at its end where something is missing.
    public let place: Range<Int>

    public var category: ErrorCategory { .invalidInput }

    /// What is wrong, and the filter with a caret under the place, each on a line of its own.
    public var message: String { sentence + excerpt }

    public var description: String { "\(sentence); \(hint)\(excerpt)" }

    private var sentence: String {
        switch mistake {
        case .empty: "the filter is empty"
        case .tooLong(let limit): "the filter is longer than \(limit) bytes"
        case .tooDeep(let limit): "the filter has more than \(limit) groups within each other"
        case .unknownField(let name, _): "filters know no field '\(Self.printable(name))'"
        case .noField(let word): "'\(Self.printable(word))' names no field"
        case .noValue(let field): "nothing follows '\(field):'"
        case .groupedValue(let field): "'\(field):' takes one value, not a group"
        case .openQuote: "a quote is not closed"
        case .openParenthesis: "a parenthesis is not closed"
        case .strayParenthesis: "a parenthesis closes what was not opened"
        case .emptyParentheses: "there is nothing between the parentheses"
        case .nothingBefore(let name): "nothing stands before '\(name)'"
        case .nothingAfter(let name): "nothing stands after '\(name)'"
        case .noDate(let value): "'\(Self.printable(value))' is no day"
        case .backwards(let value): "'\(Self.printable(value))' ends before it starts"
        }
    }

    public var hint: String {
        switch mistake {
        case .empty: "write a term such as tag:work, or leave the filter out"
        case .tooLong, .tooDeep: "write less"
        case .unknownField(_, let nearest?): "did you mean '\(nearest):'?"
        case .unknownField: "the fields are " + FilterField.names.joined(separator: ", ")
        case .noField(let word):
            "write title:\(Self.quoted(word)), or another of "
                + FilterField.names.joined(separator: ", ")
        case .noValue: "write the value right behind the colon"
        case .groupedValue(let field): "write (\(field):one OR \(field):two)"
        case .openQuote: "end it with \""
        case .openParenthesis: "end it with )"
        case .strayParenthesis: "remove it"
        case .emptyParentheses: "remove them, or put terms between them"
        case .nothingBefore, .nothingAfter: "put a term there, or remove it"
        case .noDate:
            "write 2026, 2026-01, 2026-01-15, today, yesterday, today-7d, -2w, -3m or -1y"
        case .backwards: "write the earlier day first"
        }
    }

    private static func quoted(_ word: String) -> String {
        let word = printable(word).replacing("\"", with: "")
        return word.isEmpty || word.contains { " ()".contains($0) } ? "\"\(word)\"" : word
    }
}

import LoreCore

/// What a conversation cannot do.
enum ChatError: LoreError, Hashable {
    case unknownCommand(typed: String, nearest: String?)
    case misusedCommand(SlashCommand.Name)
    case nothingAsked
    case nothingCited
    case noSource(number: Int, numbers: [Int])

    var category: ErrorCategory {
        switch self {
        case .unknownCommand, .misusedCommand: .invalidInput
        case .nothingAsked, .nothingCited, .noSource: .notFound
        }
    }

    var message: String {
        switch self {
        case .unknownCommand(let typed, _): "there is no command '/\(Terminal.printable(typed))'"
        case .misusedCommand(let name): "'/\(name.rawValue)' is written \(name.usage)"
        case .nothingAsked: "nothing was asked in this conversation yet"
        case .nothingCited: "the last answer cites nothing"
        case .noSource(let number, _): "the last answer has no source \(number)"
        }
    }

    var hint: String {
        switch self {
        case .unknownCommand(_, let nearest?): "did you mean '/\(nearest)'?"
        case .unknownCommand:
            "/help lists them; a question that begins with / needs a space before it"
        case .misusedCommand, .nothingAsked: ""
        case .nothingCited: "/expand shows the conversation"
        case .noSource(_, let numbers):
            "it has " + numbers.map(String.init).joined(separator: ", ")
        }
    }
}

import LoreCore

/// What a person tells a conversation to do, in place of a question.
enum SlashCommand: Hashable {
    case sources
    case open(Int)
    case cost
    case compact
    case expand
    case new
    /// Nil: which model answers is asked.
    case model(String?)
    case help
    case quit

    /// A command as it is written, and what it does.
    enum Name: String, CaseIterable {
        case sources, open, cost, compact, expand, new, model, help, quit

        var usage: String {
            switch self {
            case .open: "/open N"
            case .model: "/model [NAME]"
            default: "/\(rawValue)"
            }
        }

        var meaning: String {
            switch self {
            case .sources: "show the sources of the last answer again"
            case .open: "show source N of the last answer with the lines around it"
            case .cost: "show what this conversation took, and what models took today"
            case .compact: "make a summary of all turns but the last, and send it in their place"
            case .expand: "show the turns behind the summary, or all where there is none"
            case .new: "begin another conversation"
            case .model: "say which model answers, or have another answer"
            case .help: "show this list"
            case .quit: "end; so does Ctrl-D"
            }
        }
    }

    /// Reads a line that begins with `/`; any other is none, one with a space before it too.
    ///
    /// - Throws: `.unknownCommand`, `.misusedCommand`.
    init?(_ line: String) throws(ChatError) {
        guard line.hasPrefix("/") else { return nil }
        let words = line.dropFirst().split(
            maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isWhitespace)
        let typed = words.first.map(String.init) ?? ""
        let rest = words.dropFirst().first?.split(whereSeparator: \.isWhitespace) ?? []
        guard let name = Name(rawValue: typed) else {
            throw .unknownCommand(
                typed: typed, nearest: nearestName(to: typed, among: Name.allCases.map(\.rawValue)))
        }
        try self.init(name, rest.map(String.init))
    }

    private init(_ name: Name, _ arguments: [String]) throws(ChatError) {
        let mostArguments = name == .open || name == .model ? 1 : 0
        guard arguments.count <= mostArguments else { throw .misusedCommand(name) }
        switch name {
        case .sources: self = .sources
        case .open:
            guard let number = arguments.first.flatMap({ Int($0) }) else {
                throw .misusedCommand(name)
            }
            self = .open(number)
        case .cost: self = .cost
        case .compact: self = .compact
        case .expand: self = .expand
        case .new: self = .new
        case .model: self = .model(arguments.first)
        case .help: self = .help
        case .quit: self = .quit
        }
    }
}

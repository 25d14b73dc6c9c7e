import LoreCore
import LoreServer

/// Where a conversation is shown, and how much of it.
struct ChatOutput: Sendable {
    var results = Output.standard
    var notices = Output.error
    let isQuiet: Bool
    /// Whether results and errors are JSON, a document a line.
    let isJSON: Bool

    /// Says each sentence, unless told to be quiet.
    func say(_ sentences: [String]) {
        guard !isQuiet else { return }
        for sentence in sentences { notices.line("lore: " + sentence) }
    }

    func tell(_ error: any LoreError) {
        notices.line("lore: " + error.description)
        if isJSON { results.jsonLine(ErrorBody(error)) }
    }
}

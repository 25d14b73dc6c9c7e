import ArgumentParser
import Lore

/// How a model writes the answers of `ask` and `chat`.
struct WritingOptions: ParsableArguments {
    @Flag(
        inversion: .prefixedNo,
        help: "Let a model search, read, list and count notes itself (default: setting tools).")
    var tools: Bool?

    @Flag(
        inversion: .prefixedNo,
        help: ArgumentHelp(
            "Let a model cite sentences of the notes by a closed list, and nothing else.",
            discussion: "Where neither is given, the setting strict says it."))
    var strict: Bool?

    /// Nil where the settings say it.
    var form: AnswerForm? { strict.map { $0 ? .strict : .text } }
}

import Lore
import LoreCore

/// An answer as a person reads it: the text as it comes, then its sources.
struct AnswerRendering: Sendable {
    let question: String
    /// Whether the text is shown before it is whole.
    let streams: Bool
    let showsContext: Bool
    let knowledgeBase: KnowledgeBase
    var output = Output.standard
    /// The terminal that shows what a person types, such as the `^C` that stops an answer; nil where no one
    /// can.
    var echo: Output?

    /// The whole answer, its text shown as it comes.
    ///
    /// One that breaks off ends its line, and one that is stopped the line of what was typed.
    ///
    /// - Parameters:
    ///   - request: The question.
    ///   - started: Told the conversation's id before anything else.
    /// - Returns: The answer.
    /// - Throws: What answering throws; `CancellationError` where it was stopped.
    func answer(
        to request: AskRequest, started: (_ conversationID: String) -> Void = { _ in }
    ) async throws -> Answer {
        var text = ""
        var shown: [ChatMessage] = []
        do {
            for try await event in knowledgeBase.answer(request) {
                switch event {
                case .started(_, let conversationID, _): started(conversationID)
                case .text(let piece) where streams:
                    output.write(Terminal.printable(piece))
                    text += piece
                case .step(let step): show(step)
                case .sent(let context) where showsContext:
                    show(context, after: shown)
                    shown = context.messages
                case .finished(let answer): return answer
                default: break
                }
            }
            throw CancellationError()
        } catch {
            if !text.isEmpty { output.line() }
            let endsEcho = text.isEmpty || !output.isTerminal
            if endsEcho, error is CancellationError { echo?.line() }
            throw error
        }
    }

    /// Shows what has not been shown of the whole answer.
    func showEnd(of answer: Answer) {
        if !streams { output.write(Terminal.printable(answer.text)) }
        if !answer.text.isEmpty { output.line() }
        if answer.state == .notFound { return offer(answer) }
        if !answer.citations.isEmpty { output.line() }
        answer.citations.forEach(show)
    }

    /// Shows where a citation stands, and what it rests on.
    func show(_ citation: Citation) {
        let terminal = Terminal(output)
        let place = terminal.link(
            location(citation.path, citation.range, page: citation.page),
            to: knowledgeBase.file(of: citation))
        output.line(
            "[\(citation.number)] \(terminal.bold(place))\(doubt(about: citation))")
        terminal.quoted(citation.shownQuote).forEach { output.line($0) }
    }

    private func doubt(about citation: Citation) -> String {
        if citation.verified { return "" }
        return citation.quote.isEmpty
            ? " (unverified: no sentence of it says this)"
            : " (unverified: the note has changed)"
    }

    private func offer(_ answer: Answer) {
        let rendering = HitRendering(
            terminal: Terminal(output), query: question, explains: false)
        let isSaid = !answer.text.isEmpty
        guard !answer.passages.isEmpty else {
            return output.line(isSaid ? "" : "The notes do not say.")
        }
        output.line(
            (isSaid ? "\n" : "The notes do not say. ") + "The nearest passages:\n")
        for hit in answer.passages.prefix(3) {
            output.write(rendering.text(of: hit, file: knowledgeBase.file(of: hit)))
        }
    }

    /// Shows what a model looked for, and in a few words what came.
    private func show(_ step: ToolStep) {
        Output.error.line(Terminal.printable("lore: \(step.shown)"))
    }

    /// Shows what is sent; without the turns in `shown`, which were shown before.
    private func show(_ context: SentContext, after shown: [ChatMessage]) {
        if !shown.isEmpty, context.messages.starts(with: shown) {
            let more = turns(Array(context.messages.dropFirst(shown.count)))
            return Output.error.line("lore: sent besides\n\n\(Terminal.printable(more))\n")
        }
        let parts = context.parts.map { "\($0.name) about \($0.tokens)" }
        Output.error.line(
            """
            lore: sent to \(context.model), in tokens: \(parts.joined(separator: ", ")); \
            \(context.outputTokens) kept for the answer, \(context.window) in all
            lore: \(context.passages) passages; \(context.leftOut) did not fit, \
            \(context.heldBack) of local-only notes held back\(coverage(context.earlier))

            \(Terminal.printable(context.system))

            \(Terminal.printable(turns(context.messages)))

            """)
        if !context.tools.isEmpty {
            let tools = context.tools.map { "\($0.name) \($0.parameters.text)\n\($0.description)" }
            Output.error.line(
                Terminal.printable(
                    "lore: the model may call\n\n\(tools.joined(separator: "\n\n"))\n"))
        }
        if let schema = context.schema {
            Output.error.line("lore: the reply is held to \(Terminal.printable(schema))\n")
        }
    }

    private func turns(_ messages: [ChatMessage]) -> String {
        guard messages.count > 1 else { return messages.map(\.shown).joined() }
        return messages.map { "\($0.role.rawValue): \($0.shown)" }.joined(separator: "\n\n")
    }

    private func coverage(_ earlier: SentContext.Earlier) -> String {
        guard earlier.whole + earlier.inWords + earlier.leftOut > 0 else { return "" }
        let summary = earlier.isSummarized ? ", a summary for the rest" : ""
        return """
            ; earlier turns: \(earlier.whole) whole, \(earlier.inWords) in the user's words\(summary), \
            \(earlier.leftOut) left out
            """
    }

    /// What a model has read and taken for the answer, a sentence each; none where none was asked.
    func account(of answer: Answer) -> [String] {
        [coverage(of: answer), usage(of: answer)].compactMap(\.self)
    }

    /// How much of what matches the model has read; nil where that is all, or no model was asked.
    private func coverage(of answer: Answer) -> String? {
        guard answer.model != Configuration.extractive, let coverage = answer.coverage,
            coverage.read > 0, coverage.matched > coverage.read
        else { return nil }
        return "read \(coverage.read) of \(coverage.matched) passages that match"
    }

    /// What the answer took of a model, in one line; nil where none was asked.
    private func usage(of answer: Answer) -> String? {
        let usage = answer.usage
        guard usage.inputTokens + usage.outputTokens > 0 else { return nil }
        let cached = usage.cachedTokens > 0 ? " (\(usage.cachedTokens) cached)" : ""
        let cost = usage.cost.map { ", $\(decimal($0, places: 4))" } ?? ""
        return "\(answer.model): \(usage.inputTokens) tokens in\(cached), "
            + "\(usage.outputTokens) out\(cost)"
    }
}

extension ToolStep {
    /// The call, and in a few words what came of it.
    var shown: String { "\(tool) \(arguments): \(result.prefix { !$0.isNewline })" }
}

extension ChatMessage {
    /// All that the model reads of it.
    fileprivate var shown: String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .toolCall(let call): "\(call.name) \(call.argumentText)\n"
            case .toolResult(let result): "\(result.name):\n\(result.content)\n"
            }
        }.joined()
    }
}

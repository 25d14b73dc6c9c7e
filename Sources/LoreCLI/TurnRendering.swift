import Lore
import LoreCore

/// A turn of a conversation as a person reads it.
struct TurnRendering {
    let knowledgeBase: KnowledgeBase
    var output = Output.standard

    func show(_ turn: ConversationTurn) {
        let terminal = Terminal(output)
        output.line(terminal.bold("> " + Terminal.printable(turn.question)))
        let when = "\(turn.askedAt), \(turn.model), answer \(turn.answerID)"
        output.line(terminal.dim(Terminal.printable(when)))
        for step in turn.trace {
            output.line(terminal.dim(Terminal.printable(step.shown)))
        }
        if !turn.answer.isEmpty { output.line(Terminal.printable(turn.answer)) }
        if turn.isCut {
            output.line("(cut)")
        } else if turn.answer.isEmpty {
            output.line("The notes do not say.")
        }
        for citation in turn.citations { output.line(line(citation, terminal)) }
        output.line()
    }

    private func line(_ citation: Citation, _ terminal: Terminal) -> String {
        let place = terminal.link(
            location(citation.path, citation.range, page: citation.page),
            to: knowledgeBase.file(of: citation))
        return "[\(citation.number)] \(place)"
    }
}

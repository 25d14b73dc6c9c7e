import Lore
import LoreCore

/// A turn of a conversation as a person reads it.
struct TurnRendering {
    let knowledgeBase: KnowledgeBase

    func show(_ turn: ConversationTurn) {
        let terminal = Terminal(.standard)
        Output.standard.line(terminal.bold("> " + Terminal.printable(turn.question)))
        let when = "\(turn.askedAt), \(turn.model), answer \(turn.answerID)"
        Output.standard.line(terminal.dim(Terminal.printable(when)))
        if !turn.answer.isEmpty { Output.standard.line(Terminal.printable(turn.answer)) }
        if turn.isCut {
            Output.standard.line("(cut)")
        } else if turn.answer.isEmpty {
            Output.standard.line("The notes do not say.")
        }
        for citation in turn.citations { Output.standard.line(line(citation, terminal)) }
        Output.standard.line()
    }

    private func line(_ citation: Citation, _ terminal: Terminal) -> String {
        let place = terminal.link(
            location(citation.path, citation.range, page: citation.page),
            to: knowledgeBase.file(of: citation))
        return "[\(citation.number)] \(place)"
    }
}

import Lore
import LoreCore

/// A checked citation as a person reads it: what became of it, where it is, and what was quoted.
struct CheckedCitationRendering {
    let knowledgeBase: KnowledgeBase

    func show(_ checked: CheckedCitation) {
        let terminal = Terminal(.standard)
        let citation = checked.citation
        let status = checked.status.rawValue
        let column = status + String(repeating: " ", count: max(1, 9 - status.count))
        Output.standard.line(
            "[\(citation.number)] \(column)\(terminal.bold(place(of: checked, terminal)))")
        terminal.quoted(citation.quote).forEach { Output.standard.line($0) }
    }

    /// Where the quote stands; where it was, if it moved or is no more.
    private func place(of checked: CheckedCitation, _ terminal: Terminal) -> String {
        let citation = checked.citation
        let old = location(citation.path, citation.range, page: citation.page)
        guard let range = checked.range else {
            return checked.status == .gone
                ? old : terminal.link(old, to: knowledgeBase.file(of: checked))
        }
        let new = location(checked.path, range, page: checked.page)
        let link = terminal.link(new, to: knowledgeBase.file(of: checked))
        return checked.status == .moved && new != old ? link + ", was \(old)" : link
    }
}

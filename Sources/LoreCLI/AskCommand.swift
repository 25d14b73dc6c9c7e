import ArgumentParser
import Lore
import LoreCore
import LoreServer

struct AskCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ask", abstract: "Answer a question from the notes, with citations.")

    @Argument(help: "The question; several arguments make one.") var question: [String]

    @Option(name: .shortAndLong, help: "The model that answers (default: extractive).")
    var model: String?

    @Option(
        name: .customShort("n", allowingJoined: true),
        help: "Passages the answer may draw on (default: 8).")
    var passages: Int?

    @OptionGroup var filterOption: FilterOption

    @OptionGroup var syncOption: SyncOption

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let filter = try filterOption.filter()
        let knowledgeBase = try global.knowledgeBase()
        try await syncOption.bringChanges(into: knowledgeBase, embeds: true, global)
        let answer = try await knowledgeBase.ask(
            question.joined(separator: " "), model: model, passages: passages,
            filter: filter)
        global.say(answer.notices + SyncOption.sentence(changed: answer.changedSinceIndexing))
        if global.json {
            Output.standard.json(AnswerBody(answer))
        } else {
            show(answer, knowledgeBase)
        }
        if answer.state == .notFound { throw Finished(status: .notFound) }
    }

    private func show(_ answer: Answer, _ knowledgeBase: KnowledgeBase) {
        guard answer.state != .notFound else { return offer(answer.passages, knowledgeBase) }
        let terminal = Terminal(.standard)
        Output.standard.line(Terminal.printable(answer.text) + "\n")
        for citation in answer.citations {
            let place = terminal.link(
                location(citation.path, citation.range, page: citation.page),
                to: knowledgeBase.file(of: citation))
            let doubt = citation.verified ? "" : " (unverified: the note has changed)"
            Output.standard.line("[\(citation.number)] \(terminal.bold(place))\(doubt)")
            for line in citation.quote.split(separator: "\n") {
                Output.standard.line("    " + terminal.dim("> " + Terminal.printable(String(line))))
            }
        }
    }

    private func offer(_ passages: [Hit], _ knowledgeBase: KnowledgeBase) {
        let rendering = HitRendering(
            terminal: Terminal(.standard), query: question.joined(separator: " "), explains: false)
        guard !passages.isEmpty else { return Output.standard.line("The notes do not say.") }
        Output.standard.line("The notes do not say. The nearest passages:\n")
        for hit in passages.prefix(3) {
            Output.standard.write(rendering.text(of: hit, file: knowledgeBase.file(of: hit)))
        }
    }
}

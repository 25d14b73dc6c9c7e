import ArgumentParser
import Lore
import LoreServer

struct StaleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stale", abstract: "List the answers whose quotes are in the notes no more.",
        discussion: """
            Each is shown with what has changed; `lore verify ID` shows all that it cites.

            Exit status: 0, whether there are any or none; 7 where a note cannot be read.
            """)

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let knowledgeBase = try await global.knowledgeBase()
        let report = try await knowledgeBase.staleAnswers()
        global.say(report)
        if global.json {
            Output.standard.json(StaleBody(report))
        } else {
            let rendering = CheckedCitationRendering(knowledgeBase: knowledgeBase)
            for answer in report.answers { show(answer, rendering) }
            if report.answers.isEmpty { global.say(["no answer is stale"]) }
        }
        if !report.unreadable.isEmpty { throw Finished(status: .skippedFiles) }
    }

    private func show(_ answer: Verification, _ rendering: CheckedCitationRendering) {
        let terminal = Terminal(.standard)
        Output.standard.line(terminal.bold("> " + Terminal.path(answer.question)))
        Output.standard.line(terminal.dim("\(answer.askedAt), answer \(answer.answerID)"))
        answer.citations.filter { !$0.status.isHeld }.forEach(rendering.show)
        Output.standard.line()
    }
}

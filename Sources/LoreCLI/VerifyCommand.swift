import ArgumentParser
import Lore
import LoreServer

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Check the quotes of an answer against the notes as they are now.",
        discussion: """
            ok       the quote stands where it was cited
            moved    it stands elsewhere, in the note or in one that took it over
            changed  the note no longer says it
            gone     the note is no longer there, and no other says it

            Exit status: 0 all ok or moved, 1 a quote changed or gone, 3 no such answer, 7 a note that cannot be read.
            """)

    @Argument(help: "The answer's id, or the beginning of it (default: the last answer).")
    var answerID: String?

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let knowledgeBase = try await global.knowledgeBase()
        let report = try await knowledgeBase.verification(ofAnswer: answerID)
        global.say(report)
        for answer in report.answers {
            if global.json { Output.standard.json(VerificationBody(answer)) }
            if answer.citations.isEmpty && answer.unreadable.isEmpty {
                global.say(["the answer cites nothing"])
            }
            guard !global.json else { continue }
            let rendering = CheckedCitationRendering(knowledgeBase: knowledgeBase)
            answer.citations.forEach(rendering.show)
        }
        if report.answers.contains(where: \.isStale) { throw Finished(status: .failure) }
        if !report.unreadable.isEmpty { throw Finished(status: .skippedFiles) }
    }
}

extension GlobalOptions {
    /// What hindered the check, on stderr.
    func say(_ report: VerificationReport) {
        say(report.notices.map(Terminal.path))
        say(report.unreadable.map { Terminal.path("not checked: \($0.reason)") })
    }
}

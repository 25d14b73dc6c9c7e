import ArgumentParser
import Lore
import LoreServer

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Find what is wrong with the index, and mend it.",
        discussion: "Ends with status 4 while something is wrong.")

    @Flag(help: "Mend what can be mended, and leave no trace of deleted notes.")
    var fix = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let knowledgeBase = try await global.knowledgeBase()
        let report = fix ? try await knowledgeBase.mend() : try knowledgeBase.doctor()
        if global.json { Output.standard.json(DoctorBody(report)) } else { show(report) }
        if !report.isSound { throw Finished(status: .indexProblem) }
    }

    private func show(_ report: DoctorReport) {
        for sentence in report.mended { Output.standard.line(Terminal.printable(sentence)) }
        for check in report.checks { show(check) }
        guard !global.quiet else { return }
        Output.standard.line()
        for setting in report.settings {
            Output.standard.line(
                "\(column(setting.name))\(Terminal.path(setting.value))  (\(setting.origin))")
        }
    }

    private func show(_ check: Check) {
        guard let problem = check.problem else {
            if !global.quiet {
                Output.standard.line("ok     \(column(check.name))\(Terminal.path(check.detail))")
            }
            return
        }
        Output.standard.line("fault  \(column(check.name))\(Terminal.path(problem))")
        if let command = check.command {
            Output.standard.line("       \(column(""))run: \(Terminal.path(command))")
        }
    }

    private func column(_ text: String) -> String {
        text + String(repeating: " ", count: max(1, 17 - text.count))
    }
}

import ArgumentParser
import Lore
import LoreServer

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Find what is wrong with the index, and mend it.",
        discussion: """
            Ends with status 4 while something is wrong with the index, and with 5 where a provider \
            does not answer or does not take its key.
            """)

    @Flag(help: "Mend what can be mended, and leave no trace of deleted notes.")
    var fix = false

    @Flag(help: "Ask each provider that has a key, and servers of models here, for its models.")
    var online = false

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let knowledgeBase = try await global.knowledgeBase()
        let report = fix ? try await knowledgeBase.mend() : try knowledgeBase.doctor()
        let providers = online ? await knowledgeBase.providerChecks() : []
        if global.json {
            Output.standard.json(DoctorBody(report, providers: providers))
        } else {
            show(report, providers)
        }
        if !report.isSound { throw Finished(status: .indexProblem) }
        if !providers.allSatisfy(\.isSound) { throw Finished(status: .provider) }
    }

    private func show(_ report: DoctorReport, _ providers: [Check]) {
        for sentence in report.mended { Output.standard.line(Terminal.printable(sentence)) }
        for check in report.checks + providers { show(check) }
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

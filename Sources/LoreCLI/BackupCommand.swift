import ArgumentParser
import Foundation
import Lore
import LoreServer

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Write a consistent copy of the index to a file, also while others write.",
        discussion: "The copy is used with --db FILE. It holds no trace of deleted notes.")

    @Argument(help: "The file to write, which must not exist.", completion: .file())
    var file: String

    @OptionGroup var global: GlobalOptions

    func run() async throws {
        let report = try await global.knowledgeBase().backUp(to: URL(fileURLWithPath: file))
        if global.json {
            Output.standard.json(BackupBody(report))
        } else if !global.quiet {
            Output.standard.line("\(Terminal.path(report.path)): \(report.bytes / 1_000) kB")
        }
    }
}

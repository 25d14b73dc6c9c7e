import ArgumentParser
import Foundation

/// Parses the command line, runs the command and ends with the status that `interface.md` promises.
@main enum Main {
    static func main() async {
        // A reader that closes the pipe early (`lore search … | head -1`) is no crash.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try LoreCommand.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            exit(
                ErrorReport(error).print(asJSON: CommandLine.arguments.contains("--json")).rawValue)
        }
    }
}

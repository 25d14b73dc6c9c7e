import ArgumentParser
import Foundation
import LoreCore
import LoreServer

/// What an error says to a person and to a program.
struct ErrorReport {
    private let error: any Error

    init(_ error: any Error) { self.error = error }

    /// Prints the error: in words on stderr, and as JSON on stdout where that was asked for.
    ///
    /// - Returns: The status to end with.
    func print(asJSON: Bool) -> ExitStatus {
        switch error {
        case let finished as Finished: return finished.status
        case let known as any LoreError:
            say(known.description, ErrorBody(known), asJSON: asJSON)
            return ExitStatus(known.category)
        case is CancellationError: return .failure
        default: return printParsing(asJSON: asJSON)
        }
    }

    /// Help and versions go to stdout, mistakes in the arguments to stderr.
    private func printParsing(asJSON: Bool) -> ExitStatus {
        let message = LoreCommand.fullMessage(for: error)
        switch LoreCommand.exitCode(for: error) {
        case .success:
            Output.standard.line(message)
            return .success
        case .validationFailure:
            say(nil, message, code: .invalidInput, asJSON: asJSON)
            return .usage
        default:
            say("lore: ", "\(error)", code: .failure, asJSON: asJSON)
            return .failure
        }
    }

    private func say(_ prefix: String?, _ words: String, code: ErrorCategory, asJSON: Bool) {
        Output.error.line((prefix ?? "") + words)
        if asJSON {
            Output.standard.json(ErrorBody(code: code.rawValue, message: words, hint: ""))
        }
    }

    private func say(_ words: String, _ body: ErrorBody, asJSON: Bool) {
        Output.error.line("lore: " + words)
        if asJSON { Output.standard.json(body) }
    }
}

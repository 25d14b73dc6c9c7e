import LoreCore

/// The statuses a command ends with.
enum ExitStatus: Int32 {
    case success = 0
    case failure = 1
    case usage = 2
    /// Nothing found, or not in the notes.
    case notFound = 3
    /// The index is absent, damaged, or made with another model.
    case indexProblem = 4
    /// A provider or its authentication.
    case provider = 5
    /// It would cost more than was allowed.
    case costCeiling = 6
    /// Done, but some files were skipped.
    case skippedFiles = 7
    /// Ended by SIGINT.
    case interrupted = 130
    /// Ended by SIGTERM.
    case terminated = 143

    init(_ category: ErrorCategory) {
        self =
            switch category {
            case .invalidInput: .usage
            case .notFound: .notFound
            case .incompatible, .corruptData: .indexProblem
            case .unavailable: .provider
            case .costCeiling: .costCeiling
            case .failure: .failure
            }
    }
}

/// Ends a command that did its work with a status other than 0; nothing more is printed.
struct Finished: Error {
    let status: ExitStatus
}

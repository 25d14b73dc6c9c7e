/// What kind of failure an error is; each front end maps it to its own status in one table.
public enum ErrorCategory: String, Sendable, CaseIterable {
    /// The caller asked for something malformed.
    case invalidInput = "invalid_input"
    /// What was asked for does not exist.
    case notFound = "not_found"
    /// Two things that are each sound do not go together: an index and a model, a file and a version.
    case incompatible
    /// Bytes on disk or on the wire are not what they should be.
    case corruptData = "corrupt_data"
    /// Something outside lore does not answer or does not let us in.
    case unavailable
    /// It would cost more than the user allows.
    case costCeiling = "cost_ceiling"
    /// Anything else.
    case failure
}

/// An error of lore's own: facts in its cases, words in one place.
///
/// Conformers are enums whose cases carry facts. `message` says what failed and on what, `hint`
/// what to do next; a person reads both in one sentence, a program gets them apart.
public protocol LoreError: Error, CustomStringConvertible {
    var category: ErrorCategory { get }
    /// What failed, on what; no full stop.
    var message: String { get }
    /// What to do next, or an empty string where nothing helps; no full stop.
    var hint: String { get }
}

extension LoreError {
    public var description: String { hint.isEmpty ? message : "\(message); \(hint)" }
}

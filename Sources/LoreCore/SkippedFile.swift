/// A file or folder that could not be indexed, and why.
public struct SkippedFile: Hashable, Sendable {
    /// The path below the indexed folder; bytes of a name that are not UTF-8 show as U+FFFD.
    public let path: String
    /// What is wrong and what helps, without a full stop.
    public let reason: String

    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }
}

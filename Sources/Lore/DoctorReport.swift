/// One thing that a doctor looked at.
public struct Check: Sendable, Hashable {
    /// For example `full text`.
    public let name: String
    /// What was seen, in a few words; empty where the name says it.
    public let detail: String
    /// What is wrong; nil: nothing.
    public let problem: String?
    /// The command that mends it; nil where none does.
    public let command: String?

    public var isSound: Bool { problem == nil }

    static func sound(_ name: String, _ detail: String = "") -> Check {
        Check(name: name, detail: detail, problem: nil, command: nil)
    }

    static func faulty(_ name: String, _ problem: String, mendedBy command: String?) -> Check {
        Check(name: name, detail: "", problem: problem, command: command)
    }
}

/// What a doctor found, and did.
public struct DoctorReport: Sendable {
    /// In the order in which they were made: the file first, then what it holds, then around it.
    public let checks: [Check]
    /// The settings in force, and where each comes from.
    public let settings: [Setting]
    /// What was mended before the checks, a sentence each.
    public let mended: [String]

    public var isSound: Bool { checks.allSatisfy(\.isSound) }
}

/// A finished copy of an index.
public struct BackupReport: Sendable {
    public let path: String
    public let bytes: Int64
    public let took: Duration
}

/// The lines of a note that a text holds.
public struct NoteOrigin: Hashable, Sendable, Codable {
    /// The name of the folder the note lies in.
    public let folder: String
    /// Below that folder.
    public let path: String
    public let lines: ClosedRange<Int>
    /// Whether the note's text may go to no host but this machine.
    public var isLocalOnly: Bool

    public init(folder: String, path: String, lines: ClosedRange<Int>, isLocalOnly: Bool) {
        self.folder = folder
        self.path = path
        self.lines = lines
        self.isLocalOnly = isLocalOnly
    }
}

/// What a request holds of notes, and what for.
package struct SentNotes: Hashable, Sendable {
    package let purpose: ModelCall.Purpose
    package let origins: [NoteOrigin]

    package init(_ origins: [NoteOrigin], for purpose: ModelCall.Purpose) {
        self.origins = origins
        self.purpose = purpose
    }
}

/// Lines of a note that were sent to a host that is not this machine.
public struct EgressEntry: Hashable, Sendable {
    /// RFC 3339, UTC.
    public let at: String
    public let host: String
    public let purpose: ModelCall.Purpose
    /// The name of the folder the note lay in.
    public let folder: String
    /// Below that folder, or as it is shown where `KnowledgeBase.egress` tells it.
    public var path: String
    public let lines: ClosedRange<Int>

    public init(
        at: String, host: String, purpose: ModelCall.Purpose, folder: String, path: String,
        lines: ClosedRange<Int>
    ) {
        self.at = at
        self.host = host
        self.purpose = purpose
        self.folder = folder
        self.path = path
        self.lines = lines
    }
}

public import LoreCore

/// What became of the words that a citation rests on.
public enum EvidenceStatus: String, Sendable, CaseIterable {
    /// They stand where they were cited.
    case ok
    /// They stand elsewhere in the note, or in another one that took them over.
    case moved
    /// The note is there, its words are not.
    case changed
    /// The note is there no more, and no other has its words.
    case gone

    /// Whether the notes still hold them, byte for byte.
    public var isHeld: Bool { self == .ok || self == .moved }
}

/// A citation of a kept answer, checked against the notes as they are now.
public struct CheckedCitation: Hashable, Sendable {
    /// As it was given with the answer.
    public let citation: Citation
    public let status: EvidenceStatus
    /// The folder that the words stand in now; that of the citation where they stand nowhere.
    public let folder: String
    /// The path of the note that they stand in now, as it is shown; that of the citation where they stand
    /// nowhere.
    public let path: String
    /// Where in that note; nil where they stand nowhere.
    public let range: SourceRange?
    /// The page they stand on, from 1, where the note has pages.
    public let page: Int?
}

/// A kept answer, its evidence checked against the notes as they are now.
public struct Verification: Hashable, Sendable {
    public let answerID: String
    public let question: String
    /// RFC 3339, UTC.
    public let askedAt: String
    /// In the order of the answer; those of files that cannot be read are left out.
    public let citations: [CheckedCitation]
    /// Files of which nothing can be said, by the paths that are shown.
    public let unreadable: [SkippedFile]

    /// Whether words that the answer rests on are in the notes no more.
    public var isStale: Bool { !citations.allSatisfy(\.status.isHeld) }
}

/// The checked answers and what a person should know besides.
public struct VerificationReport: Hashable, Sendable {
    /// The last asked first.
    public let answers: [Verification]
    /// One sentence each.
    public let notices: [String]

    /// Files of which nothing can be said, each once.
    public let unreadable: [SkippedFile]
}

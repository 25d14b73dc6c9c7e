/// The name of a chunk, the same on every machine.
///
/// It depends only on the chunk's text, its heading path and how often the note says the same
/// before it. So a moved or copied note keeps its ids.
public struct ChunkID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The first 64 bits of a SHA-256 digest, big-endian.
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Reads the sixteen hexadecimal digits that `description` writes; nil for anything else.
    public init?(_ text: String) {
        guard text.utf8.count == 16, text.utf8.first != UInt8(ascii: "+"),
            let value = UInt64(text, radix: 16)
        else { return nil }
        rawValue = value
    }

    public var description: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    public static func < (left: ChunkID, right: ChunkID) -> Bool { left.rawValue < right.rawValue }
}

/// A contiguous piece of a note, small enough to embed.
public struct Chunk: Hashable, Sendable {
    public let id: ChunkID
    /// Titles of the headings above the chunk, outermost first; without the note's title.
    public let heading: [String]
    public let range: SourceRange
    /// Exactly the bytes of the note's text at `range`.
    public let text: String
    /// What stands once above several chunks and that each needs to be understood, such as the head
    /// row of a table that was cut between rows; empty for most.
    public let lead: String
    /// Of `embeddedText`: chunks with equal hashes share one vector.
    public let embeddedTextHash: ContentHash

    public init(
        id: ChunkID, heading: [String], range: SourceRange, text: String, lead: String = "",
        embeddedTextHash: ContentHash
    ) {
        self.id = id
        self.heading = heading
        self.range = range
        self.text = text
        self.lead = lead
        self.embeddedTextHash = embeddedTextHash
    }

    /// What the embedder reads: the way to the chunk, a blank line, then its lead and its text.
    ///
    /// A heading path found by the words of a title makes a chunk findable that does not repeat
    /// them; a first heading that equals the title is not said twice. The date stands last, so that
    /// a question about a day finds what is dated and not only what spells it.
    public static func embeddedText(
        title: String, heading: [String], date: String? = nil, lead: String = "", text: String
    ) -> String {
        var path = heading.first == title ? heading : [title] + heading
        if let date { path.append(date) }
        let label = path.joined(separator: " > ") + "\n\n"
        return lead.isEmpty ? label + text : label + lead + "\n" + text
    }
}

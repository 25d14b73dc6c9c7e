import Crypto
import LoreCore

/// Makes chunks of byte ranges, in the order of the file.
struct ChunkWriter {
    private let text: TextBytes
    private let title: String
    private let date: String?
    private var cursor: LineCursor
    private var occurrences: [ContentHash: UInt64] = [:]
    private(set) var chunks: [Chunk] = []

    init(text: TextBytes, title: String, date: String?) {
        self.text = text
        self.title = title
        self.date = date
        cursor = LineCursor(text: text)
    }

    /// Appends the chunk at `bytes` without blank lines around it; none where all is blank.
    mutating func write(_ bytes: Range<Int>, path: [String], lead: Range<Int>?) {
        let trimmed = trim(bytes)
        guard !trimmed.isEmpty else { return }
        let chunkText = text.string(in: trimmed)
        let lead = lead.map(text.string) ?? ""
        let embedded = Chunk.embeddedText(
            title: title, heading: path, date: date, lead: lead, text: chunkText)
        chunks.append(
            Chunk(
                id: nextID(path: path, text: trimmed), heading: path,
                range: cursor.sourceRange(trimmed), text: chunkText, lead: lead,
                embeddedTextHash: ContentHash(bytes: Array(SHA256.hash(data: Array(embedded.utf8))))
            ))
    }

    /// Drops blank lines at the start and white space at the end; indentation at the start of a
    /// line stays, as it means something in code and lists.
    private func trim(_ bytes: Range<Int>) -> Range<Int> {
        let first = text.firstNonBlank(in: bytes)
        guard first < bytes.upperBound else { return first..<first }
        let end = text.endOfNonBlank(in: first..<bytes.upperBound)
        let lineStart = text[bytes.lowerBound..<first].lastIndex(of: newline).map { $0 + 1 }
        if let lineStart { return lineStart..<end }
        let startsLine = bytes.lowerBound == 0 || text[bytes.lowerBound - 1] == newline
        return (startsLine ? bytes.lowerBound : first)..<end
    }

    /// The digest of the lengths and bytes of path and text, and of how often the note had the same.
    private mutating func nextID(path: [String], text range: Range<Int>) -> ChunkID {
        var hasher = SHA256()
        for part in path { hasher.update(delimited: Array(part.utf8)) }
        // No heading has this length, so the text cannot be taken for one more.
        hasher.update(number: UInt64.max)
        let bytes = UnsafeRawBufferPointer(TextBytes(rebasing: text[range]))
        hasher.update(bufferPointer: bytes)
        let content = ContentHash(bytes: Array(hasher.finalize()))
        let occurrence = occurrences[content, default: 0]
        occurrences[content] = occurrence + 1
        var identity = SHA256()
        identity.update(data: content.bytes)
        identity.update(number: occurrence)
        return ChunkID(rawValue: identity.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension SHA256 {
    fileprivate mutating func update(number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { update(bufferPointer: $0) }
    }

    fileprivate mutating func update(delimited bytes: [UInt8]) {
        update(number: UInt64(bytes.count))
        update(data: bytes)
    }
}

import GRDB
import GRDBSQLite
import LoreCore

/// One word of a query or of a text, or one character of a script without spaces.
struct QueryToken {
    /// As it was written, its letters folded.
    let text: String
    /// As the index has it.
    let stem: String
    let isUnspaced: Bool
    /// What stands between the token before and this one.
    let gap: [UInt8]

    var isStopWord: Bool { StopWords.english.contains(text.lowercased()) }

    /// Whether this token and the `next` one belong to one compound or one run of characters.
    ///
    /// An apostrophe makes no compound: `what's` is not a name.
    func isJoined(to next: QueryToken) -> Bool {
        guard isUnspaced == next.isUnspaced else { return false }
        if isUnspaced { return next.gap.isEmpty }
        let visible: ClosedRange<UInt8> = 0x21...0x7E
        return next.gap.allSatisfy(visible.contains) && next.gap != [UInt8(ascii: "'")]
    }

    /// The tokens of `text`, in its order.
    static func all(in text: String, _ database: Database) throws -> [QueryToken] {
        let tokenizer = try database.makeTokenizer(NoteTokenizer.tokenizerDescriptor())
        var collector = Collector(bytes: LetterFolding.folded(Array(text.utf8)))
        let code = withUnsafeMutablePointer(to: &collector) { collector in
            // Its own copy, so that the collector can be written while the bytes are read.
            let bytes = collector.pointee.bytes
            return bytes.withUnsafeBytes { bytes in
                tokenizer.tokenize(
                    context: collector, tokenization: .query,
                    pText: bytes.baseAddress?.assumingMemoryBound(to: CChar.self),
                    nText: CInt(bytes.count), tokenCallback: collect)
            }
        }
        guard code == SQLITE_OK else {
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        return collector.tokens
    }

    private static let collect: FTS5TokenCallback = { collector, _, stem, length, start, end in
        guard let collector, let stem else { return SQLITE_ERROR }
        let bytes = UnsafeRawBufferPointer(start: stem, count: Int(length))
        collector.assumingMemoryBound(to: Collector.self).pointee.append(
            stem: String(decoding: bytes, as: UTF8.self), range: Int(start)..<Int(end))
        return SQLITE_OK
    }
}

/// Gathers what the tokenizer reports.
private struct Collector {
    let bytes: [UInt8]
    var tokens: [QueryToken] = []
    private var end = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func append(stem: String, range: Range<Int>) {
        let isUnspaced = bytes.withUnsafeBufferPointer {
            UnspacedScript.characterLength(in: $0, at: range.lowerBound) == range.count
        }
        tokens.append(
            QueryToken(
                text: String(decoding: bytes[range], as: UTF8.self), stem: stem,
                isUnspaced: isUnspaced, gap: Array(bytes[end..<max(end, range.lowerBound)])))
        end = range.upperBound
    }
}

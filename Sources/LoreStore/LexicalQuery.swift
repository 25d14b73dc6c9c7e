import GRDB
import GRDBSQLite

/// A user's words as terms of the full-text index.
///
/// Never syntax: the words are found by the tokenizer that cut the notes, and each is quoted.
/// - Words, without English stop words; with them where nothing else is left.
/// - Compounds such as `foo-bar` or `1.0.21`, as phrases beside their parts.
/// - In scripts without spaces, each two neighbouring characters, as phrases.
struct LexicalQuery {
    struct Term: Hashable {
        /// The words of the phrase, as the user wrote them, joined by spaces.
        let text: String
        let isCompound: Bool
    }

    /// Distinct, in the order of the text.
    let terms: [Term]

    /// Terms of a query; the rest of a longer one is not looked for.
    static let termLimit = 64

    /// Words of a compound: a longer one is an address or a paste, whose parts say enough.
    private static let compoundSizes = 2...8

    /// The terms of `text`.
    init(_ text: String, in database: Database) throws {
        let tokens = try Token.all(in: text, database)
        let telling = tokens.filter { !$0.isStopWord }
        let phrases = Self.phrases(of: tokens, words: telling.isEmpty ? tokens : telling)
        var seen: Set<[String]> = []
        let distinct = phrases.filter { seen.insert($0.map(\.stem)).inserted }
        terms = distinct.prefix(Self.termLimit).map { phrase in
            Term(
                text: phrase.map(\.text).joined(separator: " "),
                isCompound: phrase.count > 1 && !phrase[0].isUnspaced)
        }
    }

    /// What FTS5 is to match: any of the terms.
    var expression: String {
        terms.map { "\"" + $0.text.replacing("\"", with: "\"\"") + "\"" }
            .joined(separator: " OR ")
    }

    /// The single words, then the compounds and pairs of characters.
    private static func phrases(of tokens: [Token], words: [Token]) -> [[Token]] {
        let singles = words.filter { !$0.isUnspaced }.map { [$0] }
        let groups = tokens.chunked { $0.isJoined(to: $1) }
        let joined = groups.flatMap { group -> [[Token]] in
            if group[0].isUnspaced { return pairs(of: group) }
            return compoundSizes.contains(group.count) ? [group] : []
        }
        return singles + joined
    }

    private static func pairs(of group: [Token]) -> [[Token]] {
        group.count == 1 ? [group] : zip(group, group.dropFirst()).map { [$0, $1] }
    }
}

/// One word, or one character of a script without spaces.
private struct Token {
    /// As the user wrote it.
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
    func isJoined(to next: Token) -> Bool {
        guard isUnspaced == next.isUnspaced else { return false }
        if isUnspaced { return next.gap.isEmpty }
        let visible: ClosedRange<UInt8> = 0x21...0x7E
        return next.gap.allSatisfy(visible.contains) && next.gap != [UInt8(ascii: "'")]
    }

    /// The tokens of `text`, in its order.
    static func all(in text: String, _ database: Database) throws -> [Token] {
        let tokenizer = try database.makeTokenizer(NoteTokenizer.tokenizerDescriptor())
        var collector = Collector(bytes: Array(text.utf8))
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
    var tokens: [Token] = []
    private var end = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func append(stem: String, range: Range<Int>) {
        let isUnspaced = bytes.withUnsafeBufferPointer {
            UnspacedScript.characterLength(in: $0, at: range.lowerBound) == range.count
        }
        tokens.append(
            Token(
                text: String(decoding: bytes[range], as: UTF8.self), stem: stem,
                isUnspaced: isUnspaced, gap: Array(bytes[end..<max(end, range.lowerBound)])))
        end = range.upperBound
    }
}

extension Array {
    /// The array cut between neighbours that do not belong together.
    fileprivate func chunked(_ belong: (Element, Element) -> Bool) -> [[Element]] {
        var groups: [[Element]] = []
        for element in self {
            if let last = groups.last?.last, belong(last, element) {
                groups[groups.count - 1].append(element)
            } else {
                groups.append([element])
            }
        }
        return groups
    }
}

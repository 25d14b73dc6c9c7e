import LoreCore

/// Turns text into the word pieces that a BERT encoder reads.
///
/// Token ids equal those of the reference tokenizer. Words come from `BasicTokenizer`; a word is the
/// longest pieces of the vocabulary that follow each other, or unknown as a whole.
///
/// A class, since a text's every word passes through it: as a value it was copied each time.
///
/// - SeeAlso: BERT arXiv:1810.04805
package final class WordPieceTokenizer: TokenCounter, Sendable {
    /// The word pieces of one text or of a pair, special ones included.
    package struct Encoding: Sendable, Equatable {
        package let ids: [Int32]
        /// Where the second text of a pair begins; the number of ids where there is one text.
        package let secondStart: Int
        /// Whether there were more pieces than were asked for.
        package let isTruncated: Bool
    }

    /// A text that stands for one token wherever it occurs, before any cutting.
    struct SpecialToken: Sendable, Hashable {
        let bytes: [UInt8]
        let id: Int32
    }

    /// The ids that frame a text or stand for what has none.
    struct SpecialIDs: Sendable, Hashable {
        let start: Int32
        let end: Int32
        let unknown: Int32
    }

    let words: BasicTokenizer
    let vocabulary: Vocabulary
    let special: SpecialIDs
    /// What a piece inside a word starts with, `##`.
    let continuation: [UInt8]
    private let continuationHash: Vocabulary.Hash
    /// Scalars above which a word is unknown.
    let longestWord: Int
    /// Whether a pair is framed as `encode(_:with:maxTokens:)` does.
    let framesPairs: Bool
    /// Longest first, so that the longest match wins.
    let specialTokens: [SpecialToken]
    /// Whether a special token starts with a byte, for each byte.
    private let startsSpecialToken: [Bool]

    init(
        words: BasicTokenizer, vocabulary: Vocabulary, special: SpecialIDs,
        continuation: [UInt8] = Array("##".utf8), longestWord: Int = 100,
        framesPairs: Bool = true, specialTokens: [SpecialToken]
    ) {
        self.words = words
        self.vocabulary = vocabulary
        self.special = special
        self.continuation = continuation
        continuationHash = Vocabulary.Hash(continuation)
        self.longestWord = longestWord
        self.framesPairs = framesPairs
        self.specialTokens = specialTokens.sorted { $0.bytes.count > $1.bytes.count }
        var firstBytes = [Bool](repeating: false, count: 256)
        for token in specialTokens { firstBytes[Int(token.bytes[0])] = true }
        startsSpecialToken = firstBytes
    }

    var largestID: Int32 { max(vocabulary.largestID, specialTokens.map(\.id).max() ?? -1) }

    package var name: String {
        let folding = [words.cleansText, words.separatesIdeographs, words.stripsAccents]
        let flags = (folding + [words.lowercases]).map { $0 ? "1" : "0" }.joined()
        return "wordpiece-\(flags)-" + String(vocabulary.digest, radix: 16)
    }

    /// The pieces of UTF-8 `text` between the start and the end token, at most `maxTokens` in all.
    ///
    /// - Precondition: `maxTokens` is at least 2.
    package func encode(_ text: UnsafeBufferPointer<UInt8>, maxTokens: Int) -> Encoding {
        precondition(maxTokens >= 2, "room for \(maxTokens) tokens")
        var pieces = Pieces(limit: maxTokens - 2)
        pieces.ids.append(special.start)
        appendPieces(of: text, to: &pieces)
        pieces.ids.append(special.end)
        return Encoding(
            ids: pieces.ids, secondStart: pieces.ids.count, isTruncated: pieces.isFull)
    }

    /// The pieces of `text` between the start and the end token, at most `maxTokens` in all.
    package func encode(_ text: String, maxTokens: Int) -> Encoding {
        var text = text
        return text.withUTF8 { encode($0, maxTokens: maxTokens) }
    }

    /// The pieces of `text`, without special tokens around them.
    func pieces(of text: String) -> [Int32] {
        var text = text
        var pieces = Pieces(limit: .max)
        text.withUTF8 { appendPieces(of: $0, to: &pieces) }
        return pieces.ids
    }

    /// Two texts, given as their pieces, as one input: start, first, end, second, end.
    ///
    /// What is too much goes from the end of the longer text, and from both once they are of equal
    /// length, as the reference does ("longest first").
    ///
    /// - Precondition: `maxTokens` is at least 3.
    func encode(_ first: [Int32], with second: [Int32], maxTokens: Int) -> Encoding {
        precondition(maxTokens >= 3, "room for \(maxTokens) tokens")
        let room = maxTokens - 3
        var (firstCount, secondCount) = (first.count, second.count)
        let isTruncated = firstCount + secondCount > room
        if isTruncated, firstCount <= secondCount {
            firstCount = min(firstCount, room / 2)
            secondCount = room - firstCount
        } else if isTruncated {
            secondCount = min(secondCount, room / 2)
            firstCount = room - secondCount
        }
        let opening = [special.start] + first.prefix(firstCount) + [special.end]
        return Encoding(
            ids: opening + second.prefix(secondCount) + [special.end],
            secondStart: opening.count, isTruncated: isTruncated)
    }

    package func countTokens(_ text: UnsafeBufferPointer<UInt8>) -> Int {
        var pieces = Pieces(limit: .max, keepsIDs: false)
        appendPieces(of: text, to: &pieces)
        return pieces.count
    }

    /// Pieces up to a limit; full when one more was there.
    private struct Pieces {
        let limit: Int
        /// Whether the ids are wanted, or their number alone.
        let keepsIDs: Bool
        var ids: [Int32] = []
        private(set) var count = 0
        private(set) var isFull = false

        init(limit: Int, keepsIDs: Bool = true) {
            self.limit = limit
            self.keepsIDs = keepsIDs
        }

        mutating func append(_ id: Int32) {
            guard count < limit else { return isFull = true }
            count += 1
            if keepsIDs { ids.append(id) }
        }
    }

    private func appendPieces(of text: UnsafeBufferPointer<UInt8>, to pieces: inout Pieces) {
        var start = 0
        while let match = nextSpecialToken(in: text, from: start), !pieces.isFull {
            appendWords(of: text, start..<match.position, to: &pieces)
            pieces.append(match.token.id)
            start = match.position + match.token.bytes.count
        }
        if !pieces.isFull { appendWords(of: text, start..<text.count, to: &pieces) }
    }

    private func nextSpecialToken(
        in text: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> (position: Int, token: SpecialToken)? {
        for position in start..<max(start, text.count)
        where startsSpecialToken[Int(text[position])] {
            for token in specialTokens where text[position...].starts(with: token.bytes) {
                return (position, token)
            }
        }
        return nil
    }

    private func appendWords(
        of text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to pieces: inout Pieces
    ) {
        let part = UnsafeBufferPointer(rebasing: text[range])
        words.forEachWord(in: part, keeping: longestWord) { word in
            if word.scalars > longestWord {
                pieces.append(special.unknown)
            } else {
                word.bytes.withUnsafeBufferPointer { append($0, to: &pieces) }
            }
            return !pieces.isFull
        }
    }

    /// Appends the pieces of one word, found from its start, the longest first.
    private func append(_ word: UnsafeBufferPointer<UInt8>, to pieces: inout Pieces) {
        guard let whole = vocabulary.longestPiece(of: word, from: 0, after: [], .init()) else {
            return pieces.append(special.unknown)
        }
        guard whole.end < word.count else { return pieces.append(whole.id) }
        var found = [whole.id]
        var start = whole.end
        while start < word.count {
            guard
                let piece = vocabulary.longestPiece(
                    of: word, from: start, after: continuation, continuationHash)
            else { return pieces.append(special.unknown) }
            found.append(piece.id)
            start = piece.end
        }
        for id in found { pieces.append(id) }
    }
}

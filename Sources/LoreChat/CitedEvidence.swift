package import LoreCore

/// The words of a note that a citation rests on, and what stood around them.
package struct CitedEvidence: Hashable, Sendable {
    /// The quote, or the passage where no sentence was quoted; empty where neither is known.
    package let text: String
    /// Where it stood, in its note.
    package let range: SourceRange
    /// The passage that was read; empty where it is not known.
    private let passage: String

    package init(quote: String, passage: String, range: SourceRange) {
        text = quote.isEmpty ? passage : quote
        self.range = range
        self.passage = passage
    }

    /// What became of it in its own note; `bytes` is nil where the note is gone.
    package func status(in bytes: [UInt8]?) -> CitationStatus {
        CitationVerifier.status(of: text, at: range, in: bytes)
    }

    /// Whether the passage was taken out of the note, rather than its words changed where they stood:
    /// what stood before and behind them is not in the note either.
    ///
    /// False where nothing stood around them: then this cannot be told.
    package func isCutOut(of bytes: [UInt8]) -> Bool {
        let surroundings = surroundings
        return !surroundings.isEmpty
            && surroundings.allSatisfy { BytePattern($0).first(in: bytes) == nil }
    }

    /// The parts of the passage before and behind the words, where they hold words.
    private var surroundings: [ArraySlice<UInt8>] {
        let whole = Array(passage.utf8)
        guard let own = BytePattern(text.utf8).first(in: whole) else { return [] }
        return [whole[..<own.lowerBound], whole[own.upperBound...]].map(trimmed)
            .filter { $0.contains(where: isWordByte) }
    }

    private func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }

    private func isWordByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || UnicodeScalar(byte).properties.isAlphabetic
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// Where the words stand in the text of another note: inside the passage, if that is there.
    package func place(inOther bytes: [UInt8]) -> (range: SourceRange, hasPassage: Bool)? {
        let own = BytePattern(text.utf8)
        if let whole = BytePattern(passage.utf8).nearest(to: range.bytes.lowerBound, in: bytes),
            let part = own.first(in: Array(bytes[whole]))
        {
            let start = whole.lowerBound + part.lowerBound
            return (SourceRange(start..<start + part.count, in: bytes), true)
        }
        return own.nearest(to: range.bytes.lowerBound, in: bytes)
            .map { (SourceRange($0, in: bytes), false) }
    }
}

package import LoreCore

/// What became of a quote in its file.
package enum CitationStatus: Hashable, Sendable {
    /// It stands where it was cited.
    case exact
    /// It stands elsewhere in the file now, and only there.
    case moved(SourceRange)
    /// It does not stand in the file any more, or in several other places.
    case changed
    /// There is no such file any more.
    case gone

    /// Whether the quote is in the file, byte for byte.
    package var isVerified: Bool {
        switch self {
        case .exact, .moved: true
        case .changed, .gone: false
        }
    }
}

/// Checks quotes byte for byte against the files as they are now.
package struct CitationVerifier: Sendable {
    /// A note's text, or nil where there is no such file.
    package typealias Reader =
        @Sendable (_ folder: String, _ path: String) async throws -> NoteText?

    private let read: Reader

    package init(read: @escaping Reader) { self.read = read }

    /// `citations`, each with `verified` as the files say, and with its place where it moved.
    ///
    /// Each file is read once.
    ///
    /// - Throws: What the reader throws.
    package func verified(_ citations: [Citation]) async throws -> [Citation] {
        var notes: [[String]: NoteText?] = [:]
        var verified: [Citation] = []
        for citation in citations {
            let name = [citation.folder, citation.path]
            if notes[name] == nil {
                notes[name] = .some(try await read(citation.folder, citation.path))
            }
            verified.append(Self.verified(citation, in: notes[name] ?? nil))
        }
        return verified
    }

    private static func verified(_ citation: Citation, in note: NoteText?) -> Citation {
        let status = status(of: citation.quote, at: citation.range, in: note?.bytes)
        var range = citation.range
        if case .moved(let place) = status { range = place }
        return Citation(
            number: citation.number, folder: citation.folder, path: citation.path, range: range,
            page: note?.pages.page(at: range.bytes.lowerBound) ?? citation.page,
            quote: citation.quote, verified: status.isVerified, chunkID: citation.chunkID)
    }

    /// What became of `quote`, cited at `range`, in a file of these bytes; nil where it is gone.
    ///
    /// An empty quote is never verified: it stands everywhere.
    package static func status(
        of quote: String, at range: SourceRange, in bytes: [UInt8]?
    ) -> CitationStatus {
        guard let bytes else { return .gone }
        let wanted = Array(quote.utf8)
        guard !wanted.isEmpty else { return .changed }
        if range.bytes.upperBound <= bytes.count, bytes[range.bytes].elementsEqual(wanted) {
            return lines(of: range.bytes, in: bytes) == range.lines
                ? .exact : .moved(place(range.bytes, in: bytes))
        }
        guard let only = onlyOccurrence(of: wanted, in: bytes) else { return .changed }
        return .moved(place(only, in: bytes))
    }

    private static func place(_ range: Range<Int>, in bytes: [UInt8]) -> SourceRange {
        SourceRange(bytes: range, lines: lines(of: range, in: bytes))
    }

    private static func lines(of range: Range<Int>, in bytes: [UInt8]) -> ClosedRange<Int> {
        let first = 1 + SourceRange.newlines(bytes[..<range.lowerBound])
        return first...first + SourceRange.newlines(bytes[range].dropLast())
    }

    /// Where `wanted` stands, if in one place only.
    private static func onlyOccurrence(of wanted: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
        var found: Range<Int>?
        var start = 0
        while let next = occurrence(of: wanted, in: bytes, from: start) {
            guard found == nil else { return nil }
            found = next..<next + wanted.count
            start = next + 1
        }
        return found
    }

    /// The next place of `wanted` from `start` on.
    ///
    /// Knuth, Morris and Pratt: a file of one repeated letter must not take quadratic time.
    private static func occurrence(
        of wanted: [UInt8], in bytes: [UInt8], from start: Int
    ) -> Int? {
        let borders = borders(of: wanted)
        var matched = 0
        for index in start..<max(start, bytes.count) {
            while matched > 0, bytes[index] != wanted[matched] { matched = borders[matched - 1] }
            if bytes[index] == wanted[matched] { matched += 1 }
            if matched == wanted.count { return index + 1 - matched }
        }
        return nil
    }

    /// For each prefix of `word`, the length of the longest shorter prefix that it ends with.
    private static func borders(of word: [UInt8]) -> [Int] {
        var borders = [Int](repeating: 0, count: word.count)
        for index in word.indices.dropFirst() {
            var length = borders[index - 1]
            while length > 0, word[index] != word[length] { length = borders[length - 1] }
            borders[index] = word[index] == word[length] ? length + 1 : 0
        }
        return borders
    }
}

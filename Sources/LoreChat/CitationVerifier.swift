package import LoreCore

/// What became of a quote in its file.
package enum CitationStatus: Hashable, Sendable {
    /// It stands where it was cited.
    case exact
    /// It stands elsewhere in the file now: here, nearest to where it was.
    case moved(SourceRange)
    /// It does not stand in the file any more.
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
        let wanted = BytePattern(quote.utf8)
        guard let place = wanted.nearest(to: range.bytes.lowerBound, in: bytes) else {
            return .changed
        }
        let now = SourceRange(place, in: bytes)
        return now == range ? .exact : .moved(now)
    }
}

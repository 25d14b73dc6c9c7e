public import LoreCore
import LoreIngest
import LoreLinearAlgebra
import LoreStore

extension KnowledgeBase {
    /// The notes closest to a note by meaning, best first.
    ///
    /// The note itself and byte for byte copies of it are left out. No model is needed: vectors that
    /// the index has are compared.
    ///
    /// - Parameters:
    ///   - path: The note's path, as hits show it or below its folder.
    ///   - choice: All notes, or those that no link connects with it.
    ///   - limit: Notes at most; nil for that of the configuration.
    ///   - filter: Which notes may be found; nil for all.
    /// - Returns: The notes, each with the two passages that are nearest to each other.
    /// - Throws: `KnowledgeBaseError.unknownNote`, `.ambiguousNote`, `.limitOutOfRange`,
    ///   `.nothingEmbedded`, and `.noteNotEmbedded` where the note's passages have no vectors yet.
    public func related(
        to path: String, choice: RelatedNotes.Choice = .all, limit: Int? = nil,
        filter: Filter? = nil
    ) async throws -> RelatedNotes {
        let limit = limit ?? configuration.searchLimit
        try check(limit: limit)
        let store = try opened.reader()
        let note = try NoteFiles(store, configuration).note(path)
        let matcher = filter.map(time.matcher)
        let threads = configuration.threads
        return try await Parallel.offPool { [self] in
            try store.read { reader in
                let relating = Relating(
                    note: note.note, shown: note.shown, reader: reader, threads: threads,
                    severalFolders: try reader.folders().count > 1)
                let passing = try matcher.map { try reader.documents(passing: $0) }
                var related = try relating.related(choice, limit: limit, among: passing)
                if let active = try reader.activeFingerprint() {
                    related.notices += try pendingNotices(for: active, in: reader)
                }
                return related
            }
        }
    }
}

/// The search for the notes close to one, at one moment of the index.
private struct Relating {
    let note: StoredDocument
    let shown: String
    let reader: StoreReader
    let threads: Int
    let severalFolders: Bool

    func related(
        _ choice: RelatedNotes.Choice, limit: Int, among passing: RowSet?
    ) throws -> RelatedNotes {
        guard let fingerprint = try reader.activeFingerprint() else {
            throw KnowledgeBaseError.nothingEmbedded
        }
        var result = RelatedNotes(path: shown, passing: passing?.count)
        let (own, others) = try passages(among: passing)
        guard !own.isEmpty else {
            result.notices = ["'\(shown)' has no text to compare"]
            return result
        }
        let vectors = StoredVectors(reader: reader, fingerprint: fingerprint)
        guard try !vectors.present(own).passages.isEmpty else {
            throw KnowledgeBaseError.noteNotEmbedded(path: shown)
        }
        let matches = try NoteComparison(vectors: vectors, threads: threads)
            .matches(of: own, among: others)
        try add(matches, choice, limit, to: &result)
        return result
    }

    /// The passages of the note, and those of the others that may be found, by chunk.
    private func passages(
        among passing: RowSet?
    ) throws -> (own: [NoteComparison.Passage], others: [NoteComparison.Passage]) {
        var own: [NoteComparison.Passage] = []
        var others: [NoteComparison.Passage] = []
        try reader.forEachTextOfChunk { text, chunk in
            let passage = NoteComparison.Passage(chunk: chunk, text: text)
            if passage.document == note.row {
                own.append(passage)
            } else if passing?.contains(passage.document) ?? true {
                others.append(passage)
            }
        }
        return (own.sorted { $0.chunk < $1.chunk }, others.sorted { $0.chunk < $1.chunk })
    }

    private func add(
        _ matches: [NoteComparison.Match], _ choice: RelatedNotes.Choice, _ limit: Int,
        to result: inout RelatedNotes
    ) throws {
        let links = try links(of: note)
        for match in matches {
            guard result.notes.count < limit else { return }
            guard let other = try reader.documents(rows: [match.document]).first else { continue }
            if other.document.contentHash == note.document.contentHash {
                let path = shownPath(other.folderName, other.document.path)
                result.notices.append("'\(path)' is a copy of it and left out")
                continue
            }
            let isLinked = try isLinked(other, links)
            if isLinked && choice == .unlinked { continue }
            if let found = try found(match, other, isLinked) { result.notes.append(found) }
        }
    }

    /// Nil where a chunk is gone, which within one read it never is.
    private func found(
        _ match: NoteComparison.Match, _ other: StoredDocument, _ isLinked: Bool
    ) throws -> RelatedNotes.Note? {
        let pair = try reader.chunks(rows: [match.ownChunk, match.chunk])
        guard let own = pair.first, let nearest = pair.last, pair.count == 2 else { return nil }
        return RelatedNotes.Note(
            path: shownPath(other.folderName, other.document.path), title: other.document.title,
            score: match.score, isLinked: isLinked,
            ownPassage: NotePassage(own, severalFolders: severalFolders),
            passage: NotePassage(nearest, severalFolders: severalFolders))
    }

    private func isLinked(_ other: StoredDocument, _ own: NoteLinks) throws -> Bool {
        guard other.folderID == note.folderID else { return false }
        if own.lead(to: other.document) { return true }
        return try links(of: other).lead(to: note.document)
    }

    private func links(of document: StoredDocument) throws -> NoteLinks {
        let chunks = try reader.chunks(ofDocument: document.row)
        return NoteLinks(
            text: chunks.map(\.chunk.text).joined(separator: "\n"), path: document.document.path)
    }

    private func shownPath(_ folder: String, _ path: String) -> String {
        severalFolders ? "\(folder)/\(path)" : path
    }
}

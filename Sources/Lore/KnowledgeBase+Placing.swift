import Foundation
import LoreChat
public import LoreCore
import LoreIngest
import LoreSearch
import LoreStore

extension KnowledgeBase {
    /// Where a note stands for a query, and why it is among the hits or not.
    ///
    /// - Parameters:
    ///   - document: The note's path, as hits show it or below its folder.
    ///   - query: What would be searched, with its limit and filter.
    /// - Returns: The ranks of the note's best passage among all passages that pass the filter; where
    ///   the note itself does not pass, among all.
    /// - Throws: As `search`; `KnowledgeBaseError.unknownNote` where there is no such file either.
    public func placement(of document: String, for query: Query) async throws -> Placement {
        try check(query.text, orThrow: .emptyQuery, limit: query.limit)
        let store = try opened.reader()
        let files = try NoteFiles(store, configuration)
        do {
            let note = try files.note(document)
            return try await byOneModel {
                try await placement(of: note.note, shown: note.shown, query, in: store)
            }
        } catch let error as KnowledgeBaseError {
            guard case .unknownNote = error,
                let reason = try await absence(of: document, files)
            else { throw error }
            return Placement(
                query: query, document: document, reason: reason, lexical: .none, semantic: .none,
                hybrid: .none, isRefusedByGate: false, notices: [])
        }
    }

    private func placement(
        of note: StoredDocument, shown: String, _ query: Query, in store: Store
    ) async throws -> Placement {
        let meaning = try await meaning(of: query.text, mode: query.mode, in: store)
        let filter = query.filter.map(time.matcher)
        let answerer = try answerer(store, embedder: meaning.embedder)
        return try store.read { reader in
            let passes =
                try filter.map { try reader.documents(passing: $0).contains(note.row) } ?? true
            let places = try SearchMode.allCases.map { mode in
                try place(
                    of: note.row,
                    Retriever.Question(
                        text: query.text, mode: mode, meaning: meaning.meaning,
                        filter: passes ? filter : nil), reader)
            }
            let used = Retriever.Question(
                text: query.text, mode: query.mode, meaning: meaning.meaning, filter: filter)
            let counted = places[SearchMode.allCases.firstIndex(of: used.effectiveMode) ?? 0]
            let retrieved = try answerer.retrieved(used, query.limit, in: reader)
            return Placement(
                query: query, document: shown,
                reason: passes ? try reason(counted, used, query.limit, reader) : .filter,
                lexical: Placement.Place(places[1]), semantic: Placement.Place(places[2]),
                hybrid: Placement.Place(places[0]),
                isRefusedByGate: !retrieved.verdict.answers,
                notices: meaning.notices + retrieved.ranking.notices)
        }
    }

    /// The best chunk of `document` in the ranking of all chunks, and its rank there.
    private func place(
        of document: Int64, _ question: Retriever.Question, _ reader: StoreReader
    ) throws -> (rank: Int, chunk: RankedChunk)? {
        if question.mode != .lexical, question.meaning == nil { return nil }
        let chunks = try retriever.ranking(
            question, limit: max(1, reader.chunkCount()), in: reader
        ).chunks
        return chunks.firstIndex { $0.document == document }.map { ($0 + 1, chunks[$0]) }
    }

    /// Why a note that passes the filter is among the hits or not.
    private func reason(
        _ best: (rank: Int, chunk: RankedChunk)?, _ question: Retriever.Question, _ limit: Int,
        _ reader: StoreReader
    ) throws -> Placement.Reason {
        guard let (rank, best) = best else {
            return question.meaning == nil ? .noWords : .awaitingEmbedding
        }
        let choices = try retriever.choices(
            question, limit: Configuration.limits.upperBound, in: reader, seeking: best.document
        ).choices
        let hit = choices.firstIndex { $0.best.document == best.document }.map { $0 + 1 }
        if let hit, hit <= limit { return .returned(rank: hit) }
        if let other = choices.firstIndex(where: { $0.twins.contains(best.row) }) {
            let severalFolders = try reader.folders().count > 1
            return .duplicate(
                of: choices[other].place(severalFolders: severalFolders), hit: other + 1)
        }
        return .budget(rank: rank, limit: limit, hit: hit)
    }

    /// Why the file at `path` is not in the index; nil where there is no such file.
    private func absence(of path: String, _ files: NoteFiles) async throws -> Placement.Reason? {
        for folder in files.folders {
            let root = URL(fileURLWithPath: folder.path, isDirectory: true)
            let prefix = folder.name + "/"
            let below =
                path.hasPrefix(prefix) ? [String(path.dropFirst(prefix.count)), path] : [path]
            for path in below
            where FileManager.default.fileExists(atPath: root.appending(path: path).path) {
                return try await absence(of: path, in: folder, root, files.store)
            }
        }
        return nil
    }

    private func absence(
        of path: String, in folder: StoredFolder, _ root: URL, _ store: Store
    ) async throws -> Placement.Reason {
        let refused = try store.read { try $0.refusedFiles(of: folder) }
        if let refused = refused.first(where: { $0.path == path }) {
            return .refused(reason: refused.reason)
        }
        let name = path.split(separator: "/").last.map { Array($0.utf8) } ?? []
        guard DocumentFormat(fileName: name) != nil else { return .unknownFormat }
        let listing = try FolderWalker(root: root).walk()
        return listing.files.contains { $0.path == path } ? .notIndexedYet : .ignored
    }
}

extension Placement.Place {
    fileprivate init(_ place: (rank: Int, chunk: RankedChunk)?) {
        self.init(rank: place?.rank, score: place?.chunk.score)
    }
}

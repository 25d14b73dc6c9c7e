import Foundation
import LoreCore
import LoreEmbedding
import LoreIngest
import LoreStore

/// Brings registered folders up to date: their text first, then the vectors.
struct Indexer {
    let store: Store
    let configuration: Configuration
    /// Nil where no model is installed: words are indexed all the same.
    let embedder: LocalEmbedder?
    let progress: @Sendable (IndexProgress) -> Void

    /// Does what `request` asks for.
    ///
    /// - Throws: `KnowledgeBaseError`, `IngestError` where a folder cannot be read, `StoreError`,
    ///   `EmbeddingError`; what is wrong with a single file is in the report.
    func run(_ request: IndexRequest) async throws -> IndexReport {
        let start = ContinuousClock.now
        let active = try store.read { try $0.activeFingerprint() }
        if request.embeds, !request.changesModel { try refuseOtherModel(than: active) }
        let folders = try register(request)
        var report = IndexReport()
        let pendingBefore = try pendingChunks()
        var touched = 0
        for folder in folders {
            touched += try await bring(folder, request, &report)
            report.folders.append(folder.name)
        }
        if embedder != nil {
            report.reused = max(0, touched - max(0, try pendingChunks() - pendingBefore))
        }
        if request.embeds { try await fill(&report) }
        try finish(&report, since: start)
        return report
    }

    /// The folders to work on; those that the request names are registered first.
    private func register(_ request: IndexRequest) throws -> [StoredFolder] {
        if let name = request.name {
            guard request.folders.count == 1 else {
                throw KnowledgeBaseError.nameNeedsOneFolder(count: request.folders.count)
            }
            return [try register(request.folders[0], name: name)]
        }
        guard request.folders.isEmpty else {
            return try request.folders.map { try register($0, name: nil) }
        }
        let folders = try store.read { try $0.folders() }
        guard !folders.isEmpty else { throw KnowledgeBaseError.noFolders }
        return folders
    }

    private func register(_ path: String, name: String?) throws -> StoredFolder {
        let url = URL(fileURLWithPath: path, isDirectory: true).standardizedFileURL
            .resolvingSymlinksInPath()
        // Refuses what is not a readable folder before anything is written.
        _ = try FolderWalker(root: url)
        let path = url.path
        for folder in try store.read({ try $0.folders() }) where folder.path != path {
            if path.hasPrefix(folder.path + "/") || folder.path.hasPrefix(path + "/") {
                throw KnowledgeBaseError.overlappingFolders(path: path, registered: folder.path)
            }
        }
        return try store.addFolder(name: name ?? url.lastPathComponent, path: path)
    }

    /// Brings one folder's text up to date.
    ///
    /// - Returns: Chunks of the notes that were added, changed or moved.
    private func bring(
        _ folder: StoredFolder, _ request: IndexRequest, _ report: inout IndexReport
    ) async throws -> Int {
        let outcome = try await FolderSync(
            store: store, reader: configuration.documentReader,
            chunker: configuration.chunker(for: embedder),
            keptCut: configuration.keptCut(for: embedder), folder: folder,
            rereadsEverything: request.rereadsEverything,
            progress: { progress(IndexProgress(phase: .reading, done: $0, total: $1)) }
        ).run()
        report.add(outcome)
        return outcome.chunks
    }

    /// Chunks of the index that have no vector yet.
    private func pendingChunks() throws -> Int {
        try store.read { try $0.status(for: embedder?.fingerprint).pending }
    }

    private func fill(_ report: inout IndexReport) async throws {
        guard let embedder else {
            report.notices.append(Models.missing(configuration.embeddingModel(for: nil)))
            return
        }
        let outcome = try await VectorFill(
            store: store, embedder: embedder, batch: configuration.embeddingBatch,
            progress: { progress(IndexProgress(phase: .embedding, done: $0, total: $1)) }
        ).run()
        report.embedded = outcome.embedded
        report.truncated = outcome.truncated
        // The cut-over of a change of model: until here the old vectors answer.
        try store.setActiveFingerprint(embedder.fingerprint)
    }

    private func refuseOtherModel(than active: EmbeddingFingerprint?) throws {
        guard let active, let embedder, embedder.fingerprint != active else { return }
        throw KnowledgeBaseError.mismatch(index: active, configured: embedder.fingerprint)
    }

    private func finish(
        _ report: inout IndexReport, since start: ContinuousClock.Instant
    ) throws {
        let status = try store.read { try $0.status(for: nil) }
        report.documents = status.documents
        report.chunks = status.chunks
        report.took = start.duration(to: .now)
    }
}

extension Configuration {
    /// The chunker whose chunks fit `embedder`, or by an estimate where there is none.
    func chunker(for embedder: LocalEmbedder?) -> Chunker {
        guard let embedder else {
            return Chunker(counter: EstimatedTokenCounter(), maxTokens: chunkTokens)
        }
        return Chunker(
            counter: embedder.tokenizer, maxTokens: min(chunkTokens, embedder.textTokens))
    }

    /// Which notes that were cut another way serve `embedder` as they are.
    func keptCut(for embedder: LocalEmbedder?) -> KeptCut {
        KeptCut(wanted: chunker(for: embedder).fingerprint, room: embedder?.textTokens)
    }
}

extension LocalEmbedder {
    /// Tokens of a text that are read; two more stand for its start and its end.
    fileprivate var textTokens: Int { fingerprint.maxTokens - 2 }
}

extension IndexReport {
    fileprivate mutating func add(_ outcome: FolderSync.Outcome) {
        added += outcome.added
        changed += outcome.changed
        moved += outcome.moved
        deleted += outcome.deleted
        unchanged += outcome.unchanged
        skipped += outcome.skipped
        notices += outcome.notices
    }
}

extension KnowledgeBaseError {
    /// Says in what two makings of vectors differ that a user can mend.
    static func mismatch(
        index: EmbeddingFingerprint, configured: EmbeddingFingerprint
    ) -> KnowledgeBaseError {
        index.model == configured.model
            ? .modelBytesChanged(model: index.model)
            : .modelMismatch(index: index.model, configured: configured.model)
    }
}

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
    let embedder: NoteEmbedder?
    let ledger: CostLedger
    let progress: @Sendable (IndexProgress) -> Void

    /// Does what `request` asks for.
    ///
    /// - Throws: `KnowledgeBaseError`, `IngestError` where a folder cannot be read, `StoreError`,
    ///   `EmbeddingError`; what is wrong with a single file is in the report.
    func run(_ request: IndexRequest) async throws -> IndexReport {
        let start = ContinuousClock.now
        let active = try store.read { try $0.activeFingerprint() }
        if request.embeds, !request.changesModel { try refuseOtherModel(than: active) }
        let folders = try store.register(request)
        var report = IndexReport()
        try await syncText(of: folders, request, &report)
        if request.embeds { try await fill(request, &report) }
        try store.codeVectors(fullBlocksOnly: false)
        try finish(&report, since: start)
        return report
    }

    /// Brings the folders' text up to date; a folder that is out of reach is named and left alone.
    private func syncText(
        of folders: [StoredFolder], _ request: IndexRequest, _ report: inout IndexReport
    ) async throws {
        var looks: [(sync: FolderSync, look: FolderSync.Look)] = []
        for folder in folders {
            let sync = sync(folder, request)
            do {
                looks.append((sync, try sync.look()))
                report.folders.append(folder.name)
            } catch let error as IngestError {
                guard request.folders.isEmpty else { throw error }
                report.skipped.append(.outOfReach(folder))
            }
        }
        let hasNews = embedder != nil && looks.contains { $0.look.hasNews }
        let isPrefixed = try store.read { try $0.folders() }.count > 1
        let pendingBefore = hasNews ? try pendingChunks() : 0
        var touched = 0
        for (sync, look) in looks {
            let outcome = try await sync.run(look)
            report.add(outcome, prefix: isPrefixed ? sync.folder.name + "/" : "")
            touched += outcome.chunks
        }
        if hasNews { report.reused = max(0, touched - max(0, try pendingChunks() - pendingBefore)) }
    }

    private func sync(_ folder: StoredFolder, _ request: IndexRequest) -> FolderSync {
        FolderSync(
            store: store, reader: configuration.documentReader,
            chunker: configuration.chunker(for: embedder),
            keptCut: configuration.keptCut(for: embedder), folder: folder,
            rereadsEverything: request.rereadsEverything, threads: configuration.threads,
            progress: {
                progress(IndexProgress(phase: .reading, done: $0, total: $1, chunks: $2))
            })
    }

    /// Chunks of the index that have no vector yet.
    private func pendingChunks() throws -> Int {
        try store.read { try $0.status(for: embedder?.fingerprint).pending }
    }

    private func fill(_ request: IndexRequest, _ report: inout IndexReport) async throws {
        guard let embedder else {
            report.notices.append(Models.missing(configuration.embeddingModel(for: nil)))
            return
        }
        let outcome = try await VectorFill(
            store: store, embedder: embedder, localOnly: LocalOnly(configuration),
            batch: request.embeddingBatch ?? configuration.embeddingBatch,
            budget: try EmbeddingBudget(
                limit: request.maxCost, embedder: embedder, ledger: ledger),
            pauses: request.pausesEmbedding,
            progress: { progress(IndexProgress(phase: .embedding, done: $0, total: $1)) }
        ).run()
        report.embedded = outcome.embedded
        report.truncated = outcome.truncated
        if outcome.heldBack > 0 {
            report.notices.append(
                "\(outcome.heldBack) passages of local-only notes were held back from "
                    + "\(embedder.fingerprint.model): only their words are searched")
        }
        report.isEmbeddingPaused = outcome.isPaused
        report.cost = outcome.embedded > 0 ? outcome.cost : nil
        guard !outcome.isPaused else { return }
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
    func chunker(for embedder: NoteEmbedder?) -> Chunker {
        Chunker(
            counter: embedder?.counter ?? EstimatedTokenCounter(),
            maxTokens: min(chunkTokens, embedder?.textTokens ?? chunkTokens))
    }

    /// Which notes that were cut another way serve `embedder` as they are.
    func keptCut(for embedder: NoteEmbedder?) -> KeptCut {
        KeptCut(wanted: chunker(for: embedder).fingerprint, room: embedder?.textTokens)
    }
}

extension SkippedFile {
    /// A registered folder that is not there just now.
    fileprivate static func outOfReach(_ folder: StoredFolder) -> SkippedFile {
        SkippedFile(
            path: folder.path,
            reason: "cannot be read; its notes stay in the index until it is back, "
                + "or run `lore folders remove \(folder.name)`")
    }
}

extension IndexReport {
    /// - Parameters:
    ///   - outcome: Of one folder.
    ///   - prefix: What stands before its paths where they are shown.
    mutating func add(_ outcome: ChangeLog.Outcome, prefix: String) {
        added += outcome.added
        changed += outcome.changed
        moved += outcome.moved
        deleted += outcome.deleted
        unchanged += outcome.unchanged
        skipped += outcome.skipped.map {
            SkippedFile(path: prefix + $0.path, reason: $0.reason)
        }
        notices += outcome.notices.map { prefix + $0 }
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

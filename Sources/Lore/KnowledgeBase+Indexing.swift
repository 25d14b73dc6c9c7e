import Foundation
import LoreCore
import LoreStore

extension KnowledgeBase {
    /// Brings folders up to date: those of the request, or all that are registered.
    ///
    /// Unchanged notes are skipped, changed ones replaced, vanished ones removed; chunks without a
    /// vector get one where a model is installed. May be interrupted at any moment: what was done is
    /// kept, and the next run goes on from there.
    ///
    /// - Parameters:
    ///   - request: Which folders, and how.
    ///   - progress: Called from time to time, on any thread.
    /// - Returns: What was done, and which files could not be read and why.
    /// - Throws: A `LoreError` where the index or a whole folder cannot be used.
    public func index(
        _ request: IndexRequest, progress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
    ) async throws -> IndexReport {
        if request.folders.isEmpty, !indexExists { throw KnowledgeBaseError.noFolders }
        let report: Result<IndexReport, any Error>
        do {
            report = .success(try await written(request, progress: progress))
        } catch {
            report = .failure(error)
        }
        // What was sent away is kept, whatever came of it.
        let notices = await journal.settle()
        var whole = try report.get()
        whole.notices += notices + localOnlyNotices(try folders().map(\.name))
        return whole
    }

    private func written(
        _ request: IndexRequest, progress: @escaping @Sendable (IndexProgress) -> Void
    ) async throws -> IndexReport {
        try await opened.write { store in
            let active = try store.read { try $0.activeFingerprint() }
            let embedder = try await embedder(for: request, indexMadeBy: active)
            return try await Indexer(
                store: store, configuration: configuration, embedder: embedder, ledger: ledger,
                progress: progress
            ).run(request)
        }
    }

    /// The registered folders, by name.
    public func folders() throws -> [FolderSummary] {
        try opened.reader().read { try $0.folders() }.map(FolderSummary.init)
    }

    /// Forgets a folder and all that was indexed from it; its files stay.
    ///
    /// - Throws: `KnowledgeBaseError.unknownFolder`.
    public func removeFolder(named name: String) async throws {
        try requireFolder(name)
        try await opened.write { try $0.removeFolder(name) }
    }

    /// Gives a folder another name; nothing is indexed again.
    ///
    /// - Throws: `KnowledgeBaseError.unknownFolder`, or where the new name is taken.
    public func renameFolder(from old: String, to new: String) async throws {
        try requireFolder(old)
        try await opened.write { try $0.renameFolder(old, to: new) }
    }

    /// Counts what the index holds; loads no model.
    public func status() throws -> Status {
        let store = try opened.reader()
        let (counts, active) = try store.read { reader in
            let active = try reader.activeFingerprint()
            let heldBack = try active.map { try documents(heldBackFrom: $0.model, in: reader) }
            return (try reader.status(for: active, leavingOut: heldBack ?? []), active)
        }
        return Status(
            database: store.path, folders: counts.folders.map(FolderSummary.init),
            documents: counts.documents, chunks: counts.chunks, embedded: counts.embedded,
            pending: counts.pending, truncated: counts.truncated, embeddingModel: active?.model,
            dimensions: active?.dimensions, bytes: store.bytes(),
            lastIndexedAt: counts.lastIndexedAt.flatMap { try? Date($0, strategy: .iso8601) })
    }

    var indexExists: Bool {
        FileManager.default.fileExists(atPath: configuration.database.path)
    }

    private func requireFolder(_ name: String) throws {
        let known = try folders().map(\.name)
        guard known.contains(name) else {
            throw KnowledgeBaseError.unknownFolder(name: name, known: known)
        }
    }
}

extension FolderSummary {
    fileprivate init(_ folder: StoredFolder) {
        self.init(name: folder.name, path: folder.path, documents: folder.documents)
    }
}

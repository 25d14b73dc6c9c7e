import LoreCore
import LoreEmbedding
import LoreStore

extension KnowledgeBase {
    /// What `index` would do with `request`: the same looks and counts, and nothing is written.
    ///
    /// Works on folders that are not registered and where there is no index.
    ///
    /// - Parameters:
    ///   - request: Which folders, and how.
    ///   - progress: Called from time to time, on any thread.
    /// - Returns: Each note that would change, and what the run would report.
    /// - Throws: As `index`.
    public func plan(
        _ request: IndexRequest, progress: @escaping @Sendable (IndexProgress) -> Void = { _ in }
    ) async throws -> IndexPlan {
        let store = indexExists ? try opened.reader() : nil
        let active = try store?.read { try $0.activeFingerprint() }
        let embedder = try await embedder(for: request, indexMadeBy: active)
        return try await Planner(
            store: store, configuration: configuration, embedder: embedder, progress: progress
        ).plan(request)
    }

    /// The model that notes are cut and embedded for; nil where none is installed.
    ///
    /// An index with vectors is never cut anew by an estimate because its model went missing.
    func embedder(
        for request: IndexRequest, indexMadeBy active: EmbeddingFingerprint?
    ) async throws -> NoteEmbedder? {
        let name = configuration.embeddingModel(for: active)
        return active != nil || request.changesModel
            ? try await models.embedder(named: name, indexMadeBy: active)
            : try await models.embedderIfInstalled(named: name)
    }
}

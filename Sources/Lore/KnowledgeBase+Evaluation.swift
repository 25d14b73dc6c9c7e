import Crypto
import Foundation
import LoreCore
import LoreEmbedding
import LoreStore

extension KnowledgeBase {
    /// Measures retrieval, and answers if asked for, on a labelled set.
    ///
    /// The set's index lies in the cache folder and is used again; of the user's own
    /// nothing is touched but the account of what is sent and what it costs.
    ///
    /// - Parameters:
    ///   - request: The set, and what to measure on it.
    ///   - progress: Called from time to time, on any thread.
    /// - Returns: The figures, the ranking and the answers.
    /// - Throws: `KnowledgeBaseError.evaluationSetIncomplete`, `.malformedEvaluationLine`, one of
    ///   the errors of a baseline, and what indexing throws.
    public func evaluate(
        _ request: EvaluationRequest,
        progress: @escaping @Sendable (EvaluationProgress) -> Void = { _ in }
    ) async throws -> Evaluation {
        let set = try EvaluationSet(folder: request.folder)
        let baseline = try request.baseline.map { try BaselineRun(file: $0, for: set) }
        var configuration = configuration
        configuration.database = try cachedIndex(of: request.folder)
        configuration.embeddingModel = configuration.embeddingModel(for: nil)
        let hasIndex = try account(for: request.folder, &configuration)
        // The ceilings are those of the index that keeps account.
        let apart = KnowledgeBase(
            configuration: configuration, models: models, ledger: hasIndex ? ledger : nil)
        defer { keepAccount() }
        if hasIndex { keepAccount() }
        let documents = try await EvaluationIndex(knowledgeBase: apart, progress: progress)
            .bring(set)
        try baseline?.check(documents: documents.values)
        return try await Evaluator(
            set: set, knowledgeBase: apart, documents: documents, baseline: baseline,
            progress: progress
        ).run(request)
    }

    /// Whether something is sent for an evaluation, and there is an index that keeps account of it.
    ///
    /// A set that shares files with a folder that stays on this machine, above or below it, stays there too,
    /// whatever its own name.
    private func account(
        for folder: URL, _ configuration: inout Configuration
    ) throws -> Bool {
        guard !models.isOnThisMachine(configuration.embeddingModel(for: nil)) else { return false }
        let folders: [StoredFolder]
        do {
            folders = try opened.reader().read { try $0.folders() }
        } catch StoreError.noIndex {
            return false
        }
        let localOnly = LocalOnly(configuration)
        let root = FolderRegistration.root(folder)
        let isLocalOnly = folders.contains {
            FolderRegistration.overlap(root.path, $0.path)
                && localOnly.holds(
                    for: NoteMarks(folder: $0.name, tags: [], isMarkedLocalOnly: false))
        }
        if isLocalOnly {
            configuration.localOnlyFolders += [root.lastPathComponent, EvaluationIndex.folder]
        }
        return true
    }

    /// Where the index of a set lies: one file a folder and model.
    private func cachedIndex(of folder: URL) throws -> URL {
        let digest = try models.digestIfInstalled(of: configuration.embeddingModel(for: nil))
        let name = folder.standardizedFileURL.path + "\0" + (digest ?? "no model")
        let hash = hexadecimal(SHA256.hash(data: Data(name.utf8)).prefix(8))
        return configuration.cacheDirectory.appending(path: "eval/\(hash).db")
    }
}

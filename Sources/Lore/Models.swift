import Foundation
import LoreCore
import LoreEmbedding
import LoreProviders
import Synchronization

/// The embedding models of this machine; each is loaded once and kept.
final class Models: Sendable {
    let configuration: Configuration
    private let library: ModelLibrary
    /// Guards the loaded models, so that two first questions load one model once.
    private let loaded = Mutex<[String: LocalEmbedder]>([:])

    init(configuration: Configuration) {
        self.configuration = configuration
        library = ModelLibrary(root: configuration.modelsDirectory)
    }

    func installed() throws -> [LocalModel] {
        try library.list().map(LocalModel.init)
    }

    func install(from source: URL, name: String?) throws -> LocalModel {
        LocalModel(try library.install(from: source, name: name))
    }

    /// The model called `name`, loaded on first use.
    ///
    /// - Throws: `EmbeddingError`, with a hint how to get the model where it is not installed.
    func embedder(named name: String) throws -> LocalEmbedder {
        try loaded.withLock { loaded in
            if let embedder = loaded[name] { return embedder }
            let embedder = try LocalEmbedder(
                directory: library.directory(named: name), threads: configuration.threads)
            loaded[name] = embedder
            return embedder
        }
    }

    /// The same, or nil where no model of that name is installed.
    func embedderIfInstalled(named name: String) throws -> LocalEmbedder? {
        do {
            return try embedder(named: name)
        } catch EmbeddingError.notInstalled {
            return nil
        }
    }

    /// How the installed model `name` makes vectors, its files compared with what was installed.
    ///
    /// - Throws: `EmbeddingError` where it is not installed or not what it was.
    func verifiedFingerprint(of name: String) throws -> EmbeddingFingerprint {
        try library.verify(name)
        return try library.directory(named: name).fingerprint
    }

    /// The sentence for who goes without the model called `name`.
    static func missing(_ name: String) -> String {
        "the embedding model '\(name)' is not installed, so only words are searched; "
            + "run `lore models pull \(name)` and then `lore index`"
    }
}

extension Configuration {
    /// The name of the model for an index that was made by `active`; nil: nothing is embedded yet.
    func embeddingModel(for active: EmbeddingFingerprint?) -> String {
        embeddingModel ?? active?.model ?? Self.defaultEmbeddingModel
    }
}

extension LocalModel {
    init(_ model: InstalledModel) {
        self.init(
            name: model.name, kind: model.kind, dimensions: model.dimensions,
            maxTokens: model.maxTokens, bytes: Int64(model.bytes), path: model.path,
            sha256: model.sha256)
    }
}

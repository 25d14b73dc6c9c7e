import Foundation
import LoreCore
import LoreEmbedding
import LoreProviders
import Synchronization

/// The models of this machine; each is loaded once and kept.
final class Models: Sendable {
    let configuration: Configuration
    private let library: ModelLibrary
    /// Guards the loaded models, so that two first questions load one model once.
    private let loaded = Mutex<[String: LocalEmbedder]>([:])
    /// The same for rerankers; apart, so that one is loaded beside an embedder.
    private let loadedRerankers = Mutex<[String: CrossEncoder]>([:])
    let remote: RemoteModels

    init(configuration: Configuration) {
        self.configuration = configuration
        remote = RemoteModels(configuration: configuration)
        library = ModelLibrary(root: configuration.modelsDirectory)
    }

    func installed() throws -> [LocalModel] {
        try library.list().map(LocalModel.init)
    }

    func install(from source: URL, name: String?) throws -> LocalModel {
        LocalModel(try library.install(from: source, name: name))
    }

    /// The model called `name`: a provider's where it is `provider:name`, else one of this machine.
    ///
    /// - Parameters:
    ///   - name: As the user set it.
    ///   - active: How the index's vectors were made; nil where there are none.
    /// - Returns: The model, ready to embed.
    /// - Throws: `EmbeddingError`, with a hint how to get the model where it is not installed;
    ///   `ProviderError`.
    func embedder(
        named name: String, indexMadeBy active: EmbeddingFingerprint? = nil
    ) async throws -> NoteEmbedder {
        guard EmbeddingModels.isRemote(name) else { return .local(try localEmbedder(named: name)) }
        return .remote(try await remote.embedder(named: name, known: active))
    }

    /// Whether what the model called `name` is sent stays on this machine.
    func isOnThisMachine(_ name: String) -> Bool {
        !EmbeddingModels.isRemote(name) || remote.isOnThisMachine(name)
    }

    /// The model of this machine called `name`, loaded on first use.
    private func localEmbedder(named name: String) throws -> LocalEmbedder {
        try loaded.withLock { loaded in
            if let embedder = loaded[name] { return embedder }
            let embedder = try LocalEmbedder(
                directory: library.directory(named: name), threads: configuration.threads)
            loaded[name] = embedder
            return embedder
        }
    }

    /// The same, or nil where no model of that name is installed.
    func embedderIfInstalled(
        named name: String, indexMadeBy active: EmbeddingFingerprint? = nil
    ) async throws -> NoteEmbedder? {
        do {
            return try await embedder(named: name, indexMadeBy: active)
        } catch EmbeddingError.notInstalled {
            return nil
        }
    }

    /// What tells the model called `name` from others of the name, no provider asked; nil where no such
    /// model is installed.
    func digestIfInstalled(of name: String) throws -> String? {
        if EmbeddingModels.isRemote(name) { return name }
        do {
            return try localEmbedder(named: name).fingerprint.digest
        } catch EmbeddingError.notInstalled {
            return nil
        }
    }

    /// What judges passages by the setting `rerank`, loaded on first use.
    ///
    /// - Returns: Nil where nothing does, with a sentence where that may surprise.
    /// - Throws: `KnowledgeBaseError.unknownReranker` where the one that is set is not installed,
    ///   `EmbeddingError` where it is damaged or of another kind.
    func reranker() throws -> (model: CrossEncoder?, notices: [String]) {
        switch configuration.rerank {
        case .off: return (nil, [])
        case .named(let name): return (try reranker(named: name), [])
        case .auto:
            let names = try library.names(of: .reranking)
            guard names.count == 1 else {
                return (nil, names.isEmpty ? [] : [Self.severalRerankers(names)])
            }
            return (try reranker(named: names[0]), [])
        }
    }

    private func reranker(named name: String) throws -> CrossEncoder {
        try loadedRerankers.withLock { loaded in
            if let reranker = loaded[name] { return reranker }
            let reranker = try CrossEncoder(
                directory: rerankerDirectory(named: name), threads: configuration.threads)
            loaded[name] = reranker
            return reranker
        }
    }

    private func rerankerDirectory(named name: String) throws -> ModelDirectory {
        do {
            return try library.directory(named: name)
        } catch EmbeddingError.notInstalled {
            throw KnowledgeBaseError.unknownReranker(
                name: name, installed: try library.names(of: .reranking))
        }
    }

    /// Whether the model called `name` would make vectors as `active` says.
    ///
    /// The files of one on this machine are compared with what was installed; a provider's is known
    /// by its name alone.
    ///
    /// - Throws: `EmbeddingError` where it is not installed or not what it was.
    func stillMakes(_ active: EmbeddingFingerprint, by name: String) throws -> Bool {
        if EmbeddingModels.isRemote(name) { return active.model == name }
        try library.verify(name)
        return try library.directory(named: name).fingerprint == active
    }

    /// The sentence for who has more reranking models than one and chose none.
    static func severalRerankers(_ names: [String]) -> String {
        "several models could rerank (\(names.joined(separator: ", "))), so none does; "
            + "set rerank to one of them, or to off"
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

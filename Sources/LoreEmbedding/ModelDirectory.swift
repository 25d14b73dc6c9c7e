package import Foundation
package import LoreCore

/// A folder that holds a model, its settings read and checked; its weights not yet.
package struct ModelDirectory: Sendable {
    package let url: URL
    /// The name a user knows the model by.
    package let name: String
    package let kind: ModelKind
    let configuration: EncoderConfiguration
    let pooling: Pooling
    let prompts: Prompts
    /// Tokens a text may have, special ones included, before it is cut.
    package let maxTokens: Int
    let manifest: ModelManifest

    package var dimensions: Int { configuration.dimensions }

    /// How this model makes vectors; of no meaning for one that reranks.
    package var fingerprint: EmbeddingFingerprint {
        EmbeddingFingerprint(
            model: name, digest: manifest.digest, dimensions: dimensions, maxTokens: maxTokens,
            pooling: pooling.rawValue, queryPrefix: prompts.query, passagePrefix: prompts.passage)
    }

    /// Reads the settings of the model in `url`.
    ///
    /// A folder that lore installed has a manifest with the digests of its files; elsewhere the
    /// files are hashed now, which takes a while.
    ///
    /// - Throws: `EmbeddingError`, also where a file's size is not the manifest's.
    package init(url: URL) throws {
        self.url = url
        for file in [Self.configurationFile, Self.weightsFile] {
            let path = url.appendingPathComponent(file).path
            guard FileManager.default.fileExists(atPath: path) else {
                throw EmbeddingError.missingFile(path: path)
            }
        }
        manifest = try ModelManifest(folder: url)
        name = manifest.name
        let path = url.appendingPathComponent(Self.configurationFile).path
        let json = try MappedFile(path: path).json()
        configuration = try EncoderConfiguration(json, path: path)
        kind = try ModelKind(json, folder: url)
        switch kind {
        case .embedding:
            pooling = try Pooling(folder: url)
            let origin = json["_name_or_path"]?.string ?? ""
            prompts = try Prompts(folder: url, names: [name, origin])
        case .reranking:
            try Self.checkReranking(json, folder: url)
            (pooling, prompts) = (.cls, .none)
        }
        maxTokens = try Self.maxTokens(in: url, positions: configuration.maxPositions)
    }

    static let configurationFile = "config.json"
    static let weightsFile = "model.safetensors"

    private static func maxTokens(in url: URL, positions: Int) throws -> Int {
        let sources = [
            ("sentence_bert_config.json", "max_seq_length"),
            ("tokenizer_config.json", "model_max_length"),
        ]
        for (file, key) in sources {
            let path = url.appendingPathComponent(file).path
            guard FileManager.default.fileExists(atPath: path) else { continue }
            guard let limit = try MappedFile(path: path).json()[key]?.number, limit >= 1 else {
                continue
            }
            guard limit >= 3 else {
                throw EmbeddingError.damaged(path: path, reason: "'\(key)' leaves no room for text")
            }
            return Int(min(limit, Double(positions)))
        }
        return positions
    }

    /// The tokenizer of this model.
    package func tokenizer() throws -> WordPieceTokenizer {
        let tokenizer = try WordPieceTokenizer.load(folder: url)
        let largest = tokenizer.largestID
        guard largest < configuration.vocabularySize else {
            throw EmbeddingError.damaged(
                path: url.path,
                reason: "its tokenizer knows token \(largest), its encoder only "
                    + "\(configuration.vocabularySize)")
        }
        guard kind == .embedding || tokenizer.framesPairs else {
            throw EmbeddingError.unsupported(
                path: url.path, reason: "its tokenizer does not frame a pair as BERT does")
        }
        return tokenizer
    }

    func weights() throws -> SafetensorsFile {
        try SafetensorsFile(path: url.appendingPathComponent(Self.weightsFile).path)
    }

    func encoder(_ weights: SafetensorsFile) throws -> Encoder {
        Encoder(
            configuration: configuration,
            weights: try EncoderWeights(file: weights, configuration: configuration))
    }

    /// Throws `EmbeddingError.damaged` where the weights are not all there.
    func checkWeights() throws {
        let weights = try weights()
        _ = try encoder(weights)
        if kind == .reranking { _ = try ScoringHead(file: weights, dimensions: dimensions) }
    }

    /// Throws `EmbeddingError.wrongKind` where this model is for something else.
    func require(_ wanted: ModelKind) throws {
        guard kind == wanted else { throw EmbeddingError.wrongKind(model: name, wanted: wanted) }
    }
}

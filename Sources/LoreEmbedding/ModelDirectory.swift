package import Foundation
package import LoreCore

/// A folder that holds an embedding model, its settings read and checked; its weights not yet.
package struct ModelDirectory: Sendable {
    package let url: URL
    /// The name a user knows the model by.
    package let name: String
    let configuration: EncoderConfiguration
    let pooling: Pooling
    let prompts: Prompts
    /// Tokens a text may have, special ones included, before it is cut.
    package let maxTokens: Int
    let manifest: ModelManifest

    package var dimensions: Int { configuration.dimensions }

    /// How this model makes vectors.
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
        pooling = try Pooling(folder: url)
        let origin = json["_name_or_path"]?.string ?? ""
        prompts = try Prompts(folder: url, names: [name, origin])
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
        return tokenizer
    }

    func encoder() throws -> Encoder {
        let file = try SafetensorsFile(path: url.appendingPathComponent(Self.weightsFile).path)
        return Encoder(
            configuration: configuration,
            weights: try EncoderWeights(file: file, configuration: configuration))
    }
}

import LoreLinearAlgebra

/// The shape of a BERT encoder, from its `config.json`.
///
/// - SeeAlso: BERT arXiv:1810.04805
struct EncoderConfiguration: Sendable, Equatable {
    let vocabularySize: Int
    /// D, the width of a token's vector.
    let dimensions: Int
    let layers: Int
    let heads: Int
    /// Width between the two products of a feed-forward layer.
    let intermediate: Int
    let maxPositions: Int
    let typeVocabularySize: Int
    let activation: Activation
    let layerNormEpsilon: Float

    var headDimensions: Int { dimensions / heads }

    /// Reads `config.json` at `path`.
    ///
    /// - Throws: `EmbeddingError.unsupported` for what is not a BERT encoder, `.damaged` for what
    ///   is not a configuration.
    init(path: String) throws {
        try self.init(try MappedFile(path: path).json(), path: path)
    }

    init(_ json: JSONValue, path: String) throws {
        try Self.requireEncoder(json, path: path)
        func size(_ key: String) throws -> Int {
            guard let size = json[key]?.integer, size > 0, size <= 1 << 24 else {
                throw EmbeddingError.damaged(path: path, reason: "'\(key)' is no size")
            }
            return size
        }
        vocabularySize = try size("vocab_size")
        dimensions = try size("hidden_size")
        layers = try size("num_hidden_layers")
        heads = try size("num_attention_heads")
        intermediate = try size("intermediate_size")
        maxPositions = try size("max_position_embeddings")
        typeVocabularySize = json["type_vocab_size"] == nil ? 2 : try size("type_vocab_size")
        activation = try Self.activation(json["hidden_act"]?.string ?? "gelu", path: path)
        layerNormEpsilon = Float(json["layer_norm_eps"]?.number ?? 1e-12)
        guard dimensions % heads == 0 else {
            throw EmbeddingError.damaged(
                path: path, reason: "\(dimensions) dimensions do not divide into \(heads) heads")
        }
    }

    private static func requireEncoder(_ json: JSONValue, path: String) throws {
        let type = json["model_type"]?.string ?? "unknown"
        guard type == "bert" else {
            throw EmbeddingError.unsupported(
                path: path, reason: "its type is '\(type)', not 'bert'")
        }
        let positions = json["position_embedding_type"]?.string ?? "absolute"
        guard positions == "absolute" else {
            throw EmbeddingError.unsupported(
                path: path, reason: "its position embeddings are '\(positions)', not 'absolute'")
        }
        guard json["is_decoder"]?.bool != true else {
            throw EmbeddingError.unsupported(path: path, reason: "it is a decoder")
        }
    }

    private static func activation(_ name: String, path: String) throws -> Activation {
        switch name {
        case "gelu": return .gelu
        case "gelu_new", "gelu_fast", "gelu_pytorch_tanh": return .geluTanh
        case "relu": return .relu
        default:
            throw EmbeddingError.unsupported(path: path, reason: "its activation is '\(name)'")
        }
    }
}

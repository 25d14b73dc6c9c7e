import LoreLinearAlgebra

/// The weights of a BERT encoder, where they lie in their file; biases and norms are `[1 × D]`.
struct EncoderWeights: Sendable {
    /// A product and its bias: `x · weightᵀ + bias`.
    struct Linear: Sendable {
        /// Row-major, `[out × in]`.
        let weight: Matrix
        let bias: Matrix
    }

    struct Norm: Sendable {
        let gain: Matrix
        let shift: Matrix
    }

    struct Layer: Sendable {
        let query: Linear
        let key: Linear
        let value: Linear
        let attentionOutput: Linear
        let attentionNorm: Norm
        /// Its weight is `[intermediate × D]`.
        let intermediate: Linear
        /// Its weight is `[D × intermediate]`.
        let output: Linear
        let outputNorm: Norm
    }

    /// A row a token, `[vocabulary × D]`.
    let words: Matrix
    /// A row a position, `[positions × D]`.
    let positions: Matrix
    /// A row a type, `[types × D]`.
    let types: Matrix
    let embeddingNorm: Norm
    let layers: [Layer]

    /// Finds the weights by the names that BERT gives them, with or without `bert.` before.
    init(file: SafetensorsFile, configuration: EncoderConfiguration) throws {
        let reader = Reader(file: file, d: configuration.dimensions)
        let d = configuration.dimensions
        words = try reader.matrix(
            "embeddings.word_embeddings.weight", configuration.vocabularySize, d)
        positions = try reader.matrix(
            "embeddings.position_embeddings.weight", configuration.maxPositions, d)
        types = try reader.matrix(
            "embeddings.token_type_embeddings.weight", configuration.typeVocabularySize, d)
        embeddingNorm = try reader.norm("embeddings.LayerNorm")
        layers = try (0..<configuration.layers).map { index in
            try reader.layer("encoder.layer.\(index)", intermediate: configuration.intermediate)
        }
    }

    /// Finds matrices by what BERT calls them.
    struct Reader {
        let file: SafetensorsFile
        let d: Int
        let prefix: String

        init(file: SafetensorsFile, d: Int) {
            self.file = file
            self.d = d
            let isPrefixed = file.tensors["bert.embeddings.word_embeddings.weight"] != nil
            prefix = isPrefixed ? "bert." : ""
        }

        func matrix(_ name: String, _ rows: Int, _ columns: Int) throws -> Matrix {
            try file.matrix(prefix + name, rows: rows, columns: columns)
        }

        func linear(_ name: String, out: Int, in width: Int) throws -> Linear {
            Linear(
                weight: try matrix("\(name).weight", out, width),
                bias: try matrix("\(name).bias", 1, out))
        }

        /// Files converted from TensorFlow say gamma and beta.
        func norm(_ name: String) throws -> Norm {
            let isOld = file.tensors["\(prefix)\(name).gamma"] != nil
            return Norm(
                gain: try matrix("\(name).\(isOld ? "gamma" : "weight")", 1, d),
                shift: try matrix("\(name).\(isOld ? "beta" : "bias")", 1, d))
        }

        func layer(_ name: String, intermediate: Int) throws -> Layer {
            Layer(
                query: try linear("\(name).attention.self.query", out: d, in: d),
                key: try linear("\(name).attention.self.key", out: d, in: d),
                value: try linear("\(name).attention.self.value", out: d, in: d),
                attentionOutput: try linear("\(name).attention.output.dense", out: d, in: d),
                attentionNorm: try norm("\(name).attention.output.LayerNorm"),
                intermediate: try linear(
                    "\(name).intermediate.dense", out: intermediate, in: d),
                output: try linear("\(name).output.dense", out: d, in: intermediate),
                outputNorm: try norm("\(name).output.LayerNorm"))
        }
    }
}

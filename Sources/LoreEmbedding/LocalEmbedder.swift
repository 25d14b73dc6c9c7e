package import LoreCore
import LoreLinearAlgebra

/// Embeds texts by a BERT encoder on this machine's processor.
package struct LocalEmbedder: Embedder, Sendable {
    package let fingerprint: EmbeddingFingerprint
    package let tokenizer: WordPieceTokenizer
    private let encoder: BatchEncoder
    private let pooling: Pooling

    /// Maps the weights and reads the vocabulary.
    ///
    /// - Parameters:
    ///   - directory: where the model lies
    ///   - threads: how many threads one call may keep busy
    /// - Throws: `EmbeddingError` where a file of the model is damaged, or the model of another kind.
    package init(directory: ModelDirectory, threads: Int) throws {
        try directory.require(.embedding)
        fingerprint = directory.fingerprint
        tokenizer = try directory.tokenizer()
        encoder = BatchEncoder(try directory.encoder(directory.weights()), threads: threads)
        pooling = directory.pooling
    }

    package func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingBatch {
        try await Parallel.offPool { try embedBlocking(texts, as: role) }
    }

    /// As `embed`, on the calling thread and its fellows, which it blocks.
    package func embedBlocking(
        _ texts: [String], as role: EmbeddingRole
    ) throws -> EmbeddingBatch {
        let encodings = encode(texts, as: role)
        let values = Matrix(rows: texts.count, columns: fingerprint.dimensions)
        encoder.encode(encodings) { text, hidden in
            _ = pooling.pool(hidden, into: values.row(text))
        }
        return try checked(values, encodings)
    }

    private func encode(
        _ texts: [String], as role: EmbeddingRole
    ) -> [WordPieceTokenizer.Encoding] {
        let prefix = role == .query ? fingerprint.queryPrefix : fingerprint.passagePrefix
        return Parallel.map(texts.count, threads: encoder.threads) { index in
            tokenizer.encode(prefix + texts[index], maxTokens: fingerprint.maxTokens)
        }
    }

    private func checked(
        _ values: Matrix, _ encodings: [WordPieceTokenizer.Encoding]
    ) throws -> EmbeddingBatch {
        for index in 0..<values.rows {
            let row = UnsafeBufferPointer(values.row(index))
            let square = BLAS.dot(row, row)
            guard abs(square - 1) < 1e-3 else {
                throw EmbeddingError.notFinite(model: fingerprint.model, index: index)
            }
        }
        return EmbeddingBatch(
            dimensions: fingerprint.dimensions, values: values.values,
            tokenCounts: encodings.map(\.ids.count), truncated: encodings.map(\.isTruncated))
    }
}

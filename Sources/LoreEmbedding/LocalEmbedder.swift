package import LoreCore
import LoreLinearAlgebra

/// Embeds texts by a BERT encoder on this machine's processor.
package struct LocalEmbedder: Embedder, Sendable {
    /// Tokens that one thread takes through the encoder at once: what it works on then stays in the
    /// cache, and products are still large enough to be quick.
    private static let batchTokens = 512

    package let fingerprint: EmbeddingFingerprint
    package let tokenizer: WordPieceTokenizer
    private let encoder: Encoder
    private let pooling: Pooling
    private let threads: Int

    /// Maps the weights and reads the vocabulary.
    ///
    /// - Parameters:
    ///   - directory: where the model lies
    ///   - threads: how many threads one call may keep busy
    /// - Throws: `EmbeddingError` where a file of the model is damaged or of another kind.
    package init(directory: ModelDirectory, threads: Int) throws {
        precondition(threads > 0, "\(threads) threads")
        fingerprint = directory.fingerprint
        tokenizer = try directory.tokenizer()
        encoder = try directory.encoder()
        pooling = directory.pooling
        self.threads = threads
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
        let batches = batches(of: encodings.map(\.ids.count))
        Parallel.forEach(
            batches.count, threads: threads,
            state: { EncoderScratch(configuration: encoder.configuration) },
            { embed(encodings, at: batches[$0], into: values, scratch: $1) })
        return try checked(values, encodings)
    }

    private func encode(
        _ texts: [String], as role: EmbeddingRole
    ) -> [WordPieceTokenizer.Encoding] {
        let prefix = role == .query ? fingerprint.queryPrefix : fingerprint.passagePrefix
        return Parallel.map(texts.count, threads: threads) { index in
            tokenizer.encode(prefix + texts[index], maxTokens: fingerprint.maxTokens)
        }
    }

    /// Places of texts that go through the encoder together: of like length, the longest first.
    ///
    /// Equal lengths keep their order, so that equal input gives equal output. A batch is smaller
    /// than it may be where there would not be one for each thread.
    private func batches(of lengths: [Int]) -> [[Int]] {
        let total = lengths.reduce(0, +)
        let limit = min(Self.batchTokens, (total + threads - 1) / threads)
        let order = lengths.indices.sorted { (-lengths[$0], $0) < (-lengths[$1], $1) }
        var batches: [[Int]] = []
        var tokens = limit
        for index in order {
            if tokens + lengths[index] > limit {
                batches.append([])
                tokens = 0
            }
            batches[batches.count - 1].append(index)
            tokens += lengths[index]
        }
        return batches
    }

    private func embed(
        _ encodings: [WordPieceTokenizer.Encoding], at places: [Int], into values: Matrix,
        scratch: EncoderScratch
    ) {
        let texts = places.map { encodings[$0].ids }
        let hidden = encoder.encode(texts, scratch: scratch)
        var first = 0
        for (place, text) in zip(places, texts) {
            let rows = hidden.slice(rows: first..<first + text.count)
            _ = pooling.pool(rows, into: values.row(place))
            first += text.count
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

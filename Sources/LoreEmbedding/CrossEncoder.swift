import LoreCore
import LoreLinearAlgebra

/// Judges how well passages answer a query, by a BERT encoder that reads both at once.
///
/// - SeeAlso: Nogueira and Cho (2019), arXiv:1901.04085
package struct CrossEncoder: Sendable {
    /// The name a user knows the model by.
    package let name: String
    package let tokenizer: WordPieceTokenizer
    /// Tokens that query and passage may have together, special ones included.
    package let maxTokens: Int
    private let encoder: BatchEncoder
    private let head: ScoringHead

    /// Maps the weights and reads the vocabulary.
    ///
    /// - Parameters:
    ///   - directory: where the model lies
    ///   - threads: how many threads one call may keep busy
    /// - Throws: `EmbeddingError` where a file of the model is damaged, or the model of another kind.
    package init(directory: ModelDirectory, threads: Int) throws {
        try directory.require(.reranking)
        name = directory.name
        tokenizer = try directory.tokenizer()
        maxTokens = directory.maxTokens
        let weights = try directory.weights()
        encoder = BatchEncoder(try directory.encoder(weights), threads: threads)
        head = try ScoringHead(file: weights, dimensions: directory.dimensions)
    }

    /// The model's own score of each passage, in their order: a logit, the higher the better.
    ///
    /// A pair over `maxTokens` is cut from the end of the longer text. Blocks the caller:
    /// asynchronous code goes through `Parallel.offPool`.
    ///
    /// - Throws: `EmbeddingError.notFinite` where the model gives no number.
    package func logits(of passages: [String], for query: String) throws -> [Float] {
        let pairs = encode(passages, for: query)
        let logits = Matrix(rows: passages.count, columns: 1)
        encoder.encode(pairs) { pair, hidden in
            logits[pair, 0] = head.logit(of: hidden)
        }
        let values = logits.values
        if let index = values.firstIndex(where: { !$0.isFinite }) {
            throw EmbeddingError.notFinite(model: name, index: index)
        }
        return values
    }

    /// The pairs as the encoder reads them.
    package func encode(
        _ passages: [String], for query: String
    ) -> [WordPieceTokenizer.Encoding] {
        let asked = tokenizer.pieces(of: query)
        return Parallel.map(passages.count, threads: encoder.threads) { index in
            tokenizer.encode(
                asked, with: tokenizer.pieces(of: passages[index]), maxTokens: maxTokens)
        }
    }
}

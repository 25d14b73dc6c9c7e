import Foundation
import LoreLinearAlgebra

/// What makes one number of a pair that went through the encoder:
/// classifier(tanh(pooler(first token's vector))).
///
/// - SeeAlso: BERT arXiv:1810.04805, section 4.1
struct ScoringHead: Sendable {
    /// Its weight is `[D × D]`.
    private let pooler: EncoderWeights.Linear
    /// Its weight is `[1 × D]`.
    private let classifier: EncoderWeights.Linear

    init(file: SafetensorsFile, dimensions d: Int) throws {
        let encoder = EncoderWeights.Reader(file: file, d: d)
        pooler = try encoder.linear("pooler.dense", out: d, in: d)
        classifier = EncoderWeights.Linear(
            weight: try file.matrix("classifier.weight", rows: 1, columns: d),
            bias: try file.matrix("classifier.bias", rows: 1, columns: 1))
    }

    /// The score of the pair whose tokens' vectors are the rows of `hidden`, `[tokens × D]`.
    func logit(of hidden: Matrix) -> Float {
        let pooled = Matrix(rows: 1, columns: hidden.columns)
        BLAS.multiply(hidden.slice(rows: 0..<1), transposed: pooler.weight, into: pooled)
        Kernels.add(pooler.bias, to: pooled)
        for index in 0..<pooled.columns { pooled[0, index] = tanh(pooled[0, index]) }
        return BLAS.dot(
            UnsafeBufferPointer(pooled.row(0)), UnsafeBufferPointer(classifier.weight.row(0)))
            + classifier.bias[0, 0]
    }
}

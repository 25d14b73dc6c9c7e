import CKernels

/// The function between the two products of a feed-forward layer.
package enum Activation: Sendable, Hashable {
    /// `0.5 · x · (1 + erf(x / √2))`
    case gelu
    /// GELU approximated with tanh.
    case geluTanh
    case relu
}

/// Element-wise work on rows, in place, on the calling thread.
///
/// - SeeAlso: GELU arXiv:1606.08415, layer norm arXiv:1607.06450
package enum Kernels {
    /// Makes each row `exp(scale · x) / Σ exp(scale · x)`; `scale` must be above zero.
    package static func softmax(_ x: Matrix, scale: Float = 1) {
        lore_softmax(x.base, x.rows, x.columns, x.stride, scale)
    }

    /// Adds `bias`, `[1 × columns]`, to each row.
    package static func add(_ bias: Matrix, to x: Matrix) {
        precondition(isVector(bias, x.columns), "a bias of \(bias.columns) for \(x.columns)")
        lore_bias(x.base, bias.base, x.rows, x.columns, x.stride)
    }

    /// Adds `bias`, `[1 × columns]`, to each row, and applies `activation`.
    package static func add(_ bias: Matrix, to x: Matrix, then activation: Activation) {
        precondition(isVector(bias, x.columns), "a bias of \(bias.columns) for \(x.columns)")
        switch activation {
        case .gelu: lore_bias_gelu(x.base, bias.base, x.rows, x.columns, x.stride)
        case .geluTanh: lore_bias_gelu_tanh(x.base, bias.base, x.rows, x.columns, x.stride)
        case .relu: lore_bias_relu(x.base, bias.base, x.rows, x.columns, x.stride)
        }
    }

    /// Normalises each row to mean 0 and variance 1, times `gain` plus `shift`.
    ///
    /// - Parameters:
    ///   - x: `[n × D]`, compact
    ///   - bias: `[1 × D]`, added first
    ///   - residual: `[n × D]`, compact, added first
    ///   - gain: `[1 × D]`
    ///   - shift: `[1 × D]`
    ///   - epsilon: added to the variance
    package static func layerNorm(
        _ x: Matrix, adding bias: Matrix? = nil, residual: Matrix? = nil, gain: Matrix,
        shift: Matrix, epsilon: Float
    ) {
        precondition(
            x.isCompact && isVector(gain, x.columns) && isVector(shift, x.columns)
                && bias.map { isVector($0, x.columns) } ?? true,
            "layer norm of \(x.columns) columns with \(gain.columns) and \(shift.columns)")
        precondition(
            residual.map { $0.isCompact && $0.rows == x.rows && $0.columns == x.columns } ?? true,
            "a residual of another shape than [\(x.rows) × \(x.columns)]")
        lore_layer_norm(
            x.base, bias?.base, residual?.base, gain.base, shift.base, x.rows, x.columns, epsilon)
    }

    /// Writes the mean of the rows of `x` to `mean`, `[columns]`.
    ///
    /// - Precondition: `x` has at least one row.
    package static func mean(of x: Matrix, into mean: UnsafeMutableBufferPointer<Float>) {
        precondition(x.rows > 0 && mean.count == x.columns, "\(x.rows) rows into \(mean.count)")
        guard let base = mean.baseAddress else { return }
        lore_mean_rows(x.base, x.rows, x.columns, x.stride, base)
    }

    /// Divides `x` by its Euclidean length and returns that length.
    ///
    /// A length that is not above zero, or no number, leaves `x` as it is.
    @discardableResult
    package static func normalize(_ x: UnsafeMutableBufferPointer<Float>) -> Float {
        guard let base = x.baseAddress else { return 0 }
        return lore_normalize(base, x.count)
    }

    /// Writes IEEE half-precision numbers as single-precision ones.
    package static func widen(
        half source: UnsafePointer<UInt16>, count: Int, into result: UnsafeMutablePointer<Float>
    ) {
        lore_widen_half(source, result, count)
    }

    /// Writes bfloat16 numbers as single-precision ones.
    package static func widen(
        bfloat source: UnsafePointer<UInt16>, count: Int, into result: UnsafeMutablePointer<Float>
    ) {
        lore_widen_bfloat(source, result, count)
    }

    private static func isVector(_ matrix: Matrix, _ columns: Int) -> Bool {
        matrix.rows == 1 && matrix.columns == columns
    }
}

extension Matrix {
    /// Whether rows follow each other without a gap.
    package var isCompact: Bool { stride == columns || rows <= 1 }
}

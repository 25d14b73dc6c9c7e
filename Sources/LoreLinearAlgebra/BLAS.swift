import COpenBLAS

/// Products of matrices on OpenBLAS, each on the calling thread alone.
///
/// OpenBLAS is held to one thread: for the shapes of an encoder it splits small products badly, and
/// tasks that call a multi-threaded OpenBLAS at once are far slower still. Split rows over threads
/// with `Parallel.forEach` instead.
package enum BLAS {
    private static let heldToOneThread: Void = lore_openblas_hold_to_one_thread()

    /// Writes `scale · left · rightᵀ` to `result`.
    ///
    /// - Parameters:
    ///   - left: `[m × k]`
    ///   - right: `[n × k]`, as a layer's weights `[out × in]` lie in their file
    ///   - result: `[m × n]`, must not overlap the others
    ///   - scale: a factor on every element
    package static func multiply(
        _ left: Matrix, transposed right: Matrix, into result: Matrix, scale: Float = 1
    ) {
        precondition(
            left.columns == right.columns && result.rows == left.rows
                && result.columns == right.rows,
            "\(shape(left)) by \(shape(right)) transposed into \(shape(result))")
        guard result.rows > 0, result.columns > 0 else { return }
        _ = heldToOneThread
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, blasint(left.rows), blasint(right.rows),
            blasint(left.columns), scale, left.base, blasint(left.stride), right.base,
            blasint(right.stride), 0, result.base, blasint(result.stride))
    }

    /// Writes `scale · left · right` to `result`.
    ///
    /// - Parameters:
    ///   - left: `[m × k]`
    ///   - right: `[k × n]`
    ///   - result: `[m × n]`, must not overlap the others
    ///   - scale: a factor on every element
    package static func multiply(
        _ left: Matrix, _ right: Matrix, into result: Matrix, scale: Float = 1
    ) {
        precondition(
            left.columns == right.rows && result.rows == left.rows
                && result.columns == right.columns,
            "\(shape(left)) by \(shape(right)) into \(shape(result))")
        guard result.rows > 0, result.columns > 0 else { return }
        _ = heldToOneThread
        cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(left.rows), blasint(right.columns),
            blasint(left.columns), scale, left.base, blasint(left.stride), right.base,
            blasint(right.stride), 0, result.base, blasint(result.stride))
    }

    /// Writes `matrix · vector` to `result`.
    ///
    /// - Parameters:
    ///   - matrix: `[m × n]`
    ///   - vector: `[n]`
    ///   - result: `[m]`
    package static func multiply(
        _ matrix: Matrix, vector: UnsafeBufferPointer<Float>,
        into result: UnsafeMutableBufferPointer<Float>
    ) {
        precondition(
            matrix.columns == vector.count && matrix.rows == result.count,
            "\(shape(matrix)) by \(vector.count) into \(result.count)")
        guard let from = vector.baseAddress, let into = result.baseAddress, matrix.rows > 0 else {
            return
        }
        _ = heldToOneThread
        cblas_sgemv(
            CblasRowMajor, CblasNoTrans, blasint(matrix.rows), blasint(matrix.columns), 1,
            matrix.base, blasint(matrix.stride), from, 1, 0, into, 1)
    }

    /// The inner product of two vectors of equal length.
    package static func dot(
        _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>
    ) -> Float {
        precondition(left.count == right.count, "\(left.count) and \(right.count) elements")
        guard let from = left.baseAddress, let with = right.baseAddress else { return 0 }
        _ = heldToOneThread
        return cblas_sdot(blasint(left.count), from, 1, with, 1)
    }

    private static func shape(_ matrix: Matrix) -> String { "[\(matrix.rows) × \(matrix.columns)]" }
}

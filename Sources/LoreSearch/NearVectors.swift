import LoreLinearAlgebra

/// Vectors kept one by one, and which of them another is near to.
///
/// What is near is told as by `NearPairs`: a product on OpenBLAS passes over what cannot be, within
/// the bound on its rounding, and a sum in double precision decides.
package struct NearVectors {
    private let nearness: Nearness
    /// Rows from `count` on are not used yet.
    private var vectors: Matrix
    private var largestNorm = 0.0
    package private(set) var count = 0

    private static let rowsAtFirst = 64

    package init(threshold: Double, dimensions: Int) {
        nearness = Nearness(threshold: threshold)
        vectors = Matrix(rows: Self.rowsAtFirst, columns: dimensions)
    }

    /// Keeps `vector`, `[D]`, as the one with number `count`.
    package mutating func append(_ vector: [Float]) {
        precondition(vector.count == vectors.columns, "\(vector.count) for \(vectors.columns)")
        if count == vectors.rows {
            let larger = Matrix(rows: 2 * count, columns: vectors.columns)
            for row in 0..<count { _ = larger.row(row).update(fromContentsOf: vectors.row(row)) }
            vectors = larger
        }
        _ = vectors.row(count).update(fromContentsOf: vector)
        count += 1
        largestNorm = max(largestNorm, vector.withUnsafeBufferPointer(Nearness.norm))
    }

    /// The number of the first kept vector that `vector`, `[D]`, is near to; nil where none is.
    ///
    /// - Complexity: O(*n* · *D*)
    package func first(near vector: [Float]) -> Int? {
        precondition(vector.count == vectors.columns, "\(vector.count) for \(vectors.columns)")
        guard count > 0 else { return nil }
        return vector.withUnsafeBufferPointer { vector in
            let limit = nearness.lowestProduct(
                dimensions: vector.count, norms: largestNorm * Nearness.norm(vector))
            return products(with: vector).indexed(reaching: limit) { row in
                nearness.holds(UnsafeBufferPointer(vectors.row(row)), vector)
            }
        }
    }

    private func products(with vector: UnsafeBufferPointer<Float>) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { products, filled in
            BLAS.multiply(
                vectors.slice(rows: 0..<count), vector: vector,
                into: UnsafeMutableBufferPointer(rebasing: products[..<count]))
            filled = count
        }
    }
}

extension [Float] {
    /// The first index whose element reaches `limit` and that `holds` confirms.
    fileprivate func indexed(reaching limit: Float, _ holds: (Int) -> Bool) -> Int? {
        indices.first { self[$0] >= limit && holds($0) }
    }
}

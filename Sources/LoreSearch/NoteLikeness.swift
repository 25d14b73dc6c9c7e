package import LoreLinearAlgebra

/// How alike two notes are, by their passages.
///
/// The mean of three cosines: what each passage of one note finds nearest in the other, on average
/// over its passages; the same from the other note; and the nearest pair. Both notes count alike, so
/// a long note is not near to everything only because something in it is.
package struct NoteLikeness: Hashable, Sendable {
    /// −1 to 1; the same from either side.
    package let score: Double
    /// The passage of the first note, from 0, that is nearest to one of the second; the first where
    /// several are.
    package let left: Int
    /// That passage of the second note.
    package let right: Int

    /// Passages of the first note multiplied at once, so that memory does not grow with it.
    private static let rowsAtOnce = 256

    /// - Parameters:
    ///   - left: Vectors of one note's passages, `[m × D]`, of unit norm
    ///   - right: Those of the other, `[n × D]`
    /// - Precondition: Both have at least one row.
    /// - Complexity: O(*m* · *n* · *D*)
    package init(_ left: Matrix, _ right: Matrix) {
        precondition(left.rows > 0 && right.rows > 0, "\(left.rows) and \(right.rows) passages")
        var columnBest = [Float](repeating: -.infinity, count: right.rows)
        var best = (cosine: -Float.infinity, left: 0, right: 0)
        var sum = 0.0
        for start in stride(from: 0, to: left.rows, by: Self.rowsAtOnce) {
            let rows = left.slice(rows: start..<min(start + Self.rowsAtOnce, left.rows))
            let products = Matrix(rows: rows.rows, columns: right.rows)
            BLAS.multiply(rows, transposed: right, into: products)
            for row in 0..<products.rows {
                let nearest = Self.nearest(products.row(row), &columnBest)
                sum += Double(nearest.cosine)
                if nearest.cosine > best.cosine {
                    best = (nearest.cosine, start + row, nearest.column)
                }
            }
        }
        let back = columnBest.reduce(0.0) { $0 + Double($1) }
        score =
            (sum / Double(left.rows) + back / Double(right.rows) + Double(best.cosine)) / 3
        self.left = best.left
        self.right = best.right
    }

    private static func nearest(
        _ products: UnsafeMutableBufferPointer<Float>, _ columnBest: inout [Float]
    ) -> (cosine: Float, column: Int) {
        var nearest = (cosine: -Float.infinity, column: 0)
        for column in products.indices {
            let cosine = products[column]
            if cosine > nearest.cosine { nearest = (cosine, column) }
            if cosine > columnBest[column] { columnBest[column] = cosine }
        }
        return nearest
    }
}

package import LoreLinearAlgebra

/// Where the vectors themselves lie, of which an index holds the codes.
///
/// A search asks for those few that may be among the best, many at once, on the thread that called
/// it.
package protocol ExactVectors {
    /// The vectors of `rows` in their order, or an error where a row has none: `[rows.count × D]`.
    func vectors(of rows: [Int64]) throws -> Matrix
}

/// Vectors that lie in memory, in a matrix.
package struct MatrixVectors: ExactVectors, Sendable {
    /// Rows of the chunks, ascending, `[n]`.
    package let rows: [Int64]
    /// Their vectors, `[n × D]`.
    package let matrix: Matrix

    /// The vectors of `rows`, which ascend, `[n]`, in a matrix of as many rows.
    package init(rows: [Int64], matrix: Matrix) {
        precondition(rows.count == matrix.rows, "\(rows.count) rows, \(matrix.rows) vectors")
        self.rows = rows
        self.matrix = matrix
    }

    package func vectors(of wanted: [Int64]) throws -> Matrix {
        let result = Matrix(rows: wanted.count, columns: matrix.columns)
        for (place, row) in wanted.enumerated() {
            guard let source = self.place(of: row) else { throw SearchError.noVector(row: row) }
            _ = result.row(place).update(fromContentsOf: matrix.row(source))
        }
        return result
    }

    /// Where `row` lies, or nil.
    func place(of row: Int64) -> Int? {
        let place = rows.firstPlace { $0 >= row }
        return place < rows.count && rows[place] == row ? place : nil
    }
}

package import LoreLinearAlgebra

/// A chunk's row and its note's, with the chunk's likeness to a query.
package struct VectorMatch: Hashable, Sendable {
    package let row: Int64
    /// The row of the note that the chunk belongs to.
    package let document: Int64
    /// The inner product of unit vectors, −1 to 1.
    package let cosine: Double

    package init(row: Int64, document: Int64, cosine: Double) {
        self.row = row
        self.document = document
        self.cosine = cosine
    }
}

/// The vectors of all chunks at one moment in memory, for exact search by cosine.
///
/// `QuantizedIndex` finds; this is its codes, the vectors, and the notes that rows belong to.
package struct VectorIndex: Sendable {
    /// Rows of the notes that the chunks belong to, `[n]`.
    package let documents: [Int64]
    private let exact: MatrixVectors
    private let codes: QuantizedIndex

    /// - Parameters:
    ///   - rows: Rows of the chunks, ascending, `[n]`
    ///   - documents: Rows of the notes that the chunks belong to, `[n]`
    ///   - vectors: `[n × D]`, of unit norm
    ///   - threads: Cores to use for the codes
    /// - Throws: `SearchError.notFinite` where a vector holds infinity or what is no number.
    /// - Precondition: The counts agree, and `rows` ascend strictly.
    package init(
        rows: [Int64], documents: [Int64], vectors: Matrix, threads: Int = 1
    ) throws {
        precondition(documents.count == rows.count, "\(rows.count) rows, \(documents.count) notes")
        codes = QuantizedIndex(
            try QuantizedVectors(rows: rows, vectors: vectors, threads: threads))
        exact = MatrixVectors(rows: rows, matrix: vectors)
        self.documents = documents
    }

    /// Rows of the chunks, ascending, `[n]`.
    package var rows: [Int64] { exact.rows }
    /// Vectors of unit norm, `[n × D]`.
    package var vectors: Matrix { exact.matrix }
    package var count: Int { rows.count }
    package var dimensions: Int { vectors.columns }

    /// The mask of the rows for which `isIncluded` holds, given a chunk's and its note's row.
    package func mask(_ isIncluded: (_ row: Int64, _ document: Int64) -> Bool) -> RowMask {
        var place = -1
        return codes.mask { row in
            place += 1
            return isIncluded(row, documents[place])
        }
    }

    /// The chunks most like `query`, best first, as `QuantizedIndex.nearest` finds them.
    package func nearest(
        to query: [Float], count: Int, mask: RowMask? = nil, threads: Int
    ) throws -> [VectorMatch] {
        try codes.nearest(to: query, count: count, mask: mask, threads: threads, exact: exact)
            .map(match)
    }

    /// The chunks most like each of `queries`, `[Q × D]`, in their order.
    package func nearest(
        toEach queries: [[Float]], count: Int, mask: RowMask? = nil, threads: Int
    ) throws -> [[VectorMatch]] {
        try codes.nearest(
            toEach: queries, count: count, mask: mask, threads: threads, exact: exact
        ).map { $0.map(match) }
    }

    /// The cosines of `chunks` with `query`, in their order; nil for a chunk that has no vector here.
    package func cosines(of chunks: [Int64], to query: [Float]) throws -> [Double?] {
        try codes.cosines(of: chunks, to: query, exact: exact)
    }

    private func match(_ found: RowMatch) -> VectorMatch {
        let place = rows.firstPlace { $0 >= found.row }
        return VectorMatch(row: found.row, document: documents[place], cosine: found.cosine)
    }
}

package import LoreLinearAlgebra

/// A chunk's row with its likeness to a query.
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

/// The vectors of all chunks at one moment, for exact search by cosine.
///
/// Candidates come from single-precision products on OpenBLAS; those that rounding could have
/// misplaced are scored again in double precision. So the result equals that of a plain
/// double-precision scan, ties by row.
package struct VectorIndex: Sendable {
    /// Rows of the chunks, ascending, `[n]`.
    package let rows: [Int64]
    /// Rows of the notes that the chunks belong to, `[n]`.
    package let documents: [Int64]
    /// Vectors of unit norm, `[n × D]`.
    package let vectors: Matrix

    /// Rows multiplied at once: their scores stay in the second-level cache.
    private static let blockRows = 4096
    /// Below this many rows starting a thread costs more than it saves.
    private static let rowsWorthAThread = 8192
    /// Queries multiplied at once, so that a block of scores stays small.
    private static let blockQueries = 32

    /// - Precondition: The counts agree, and `rows` ascend strictly.
    package init(rows: [Int64], documents: [Int64], vectors: Matrix) {
        precondition(
            rows.count == vectors.rows && documents.count == vectors.rows,
            "\(rows.count) rows, \(documents.count) documents, \(vectors.rows) vectors")
        precondition(zip(rows, rows.dropFirst()).allSatisfy { $0 < $1 }, "rows do not ascend")
        self.rows = rows
        self.documents = documents
        self.vectors = vectors
    }

    package var count: Int { rows.count }
    package var dimensions: Int { vectors.columns }

    /// The mask of the rows for which `isIncluded` holds, given a chunk's and its note's row.
    package func mask(_ isIncluded: (_ row: Int64, _ document: Int64) -> Bool) -> RowMask {
        RowMask(zip(rows, documents).map(isIncluded))
    }

    /// The chunks most like `query`, best first, equals by row.
    ///
    /// - Parameters:
    ///   - query: `[D]`, of unit norm
    ///   - count: How many at most, at least 1
    ///   - mask: Which rows may be returned; nil for all
    ///   - threads: Cores to use
    /// - Returns: Matches, best first.
    /// - Throws: `SearchError` where `query` has other dimensions or is not finite.
    /// - Complexity: O(*n* · *D*), bound by memory.
    package func nearest(
        to query: [Float], count: Int, mask: RowMask? = nil, threads: Int
    ) throws -> [VectorMatch] {
        let error = try roundingError(query)
        precondition(mask.map { $0.count == rows.count } ?? true, "a mask of another index")
        let pieces = max(1, min(threads, rows.count / Self.rowsWorthAThread))
        let ranges = Parallel.ranges(of: rows.count, pieces: pieces)
        let found = Slots<[Int]>(count: ranges.count, filling: [])
        Parallel.forEach(ranges.count, threads: pieces) { piece in
            found[piece] = candidates(
                query, in: ranges[piece], NearCandidates(count: count, error: error), mask)
        }
        return rescored(query, found.values.flatMap { $0 }, count: count)
    }

    private func candidates(
        _ query: [Float], in range: Range<Int>, _ empty: NearCandidates, _ mask: RowMask?
    ) -> [Int] {
        var near = empty
        var scores = [Float](repeating: 0, count: min(Self.blockRows, range.count))
        for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.blockRows) {
            let block = start..<min(start + Self.blockRows, range.upperBound)
            query.withUnsafeBufferPointer { vector in
                scores.withUnsafeMutableBufferPointer { scores in
                    let part = UnsafeMutableBufferPointer(rebasing: scores[..<block.count])
                    BLAS.multiply(vectors.slice(rows: block), vector: vector, into: part)
                    near.insert(UnsafeBufferPointer(part), from: start, allowed: mask)
                }
            }
        }
        return near.indices
    }

    /// The chunks most like each of `queries`, `[Q × D]`, in their order.
    ///
    /// Equal to `nearest(to:)` for each, at a fraction of the time: the vectors are read once for
    /// many queries.
    package func nearest(
        toEach queries: [[Float]], count: Int, mask: RowMask? = nil, threads: Int
    ) throws -> [[VectorMatch]] {
        let errors = try queries.map(roundingError)
        precondition(mask.map { $0.count == rows.count } ?? true, "a mask of another index")
        let pieces = (queries.count + Self.blockQueries - 1) / Self.blockQueries
        let ranges = Parallel.ranges(of: queries.count, pieces: max(pieces, 1))
        let found = Slots<[[VectorMatch]]>(count: ranges.count, filling: [])
        Parallel.forEach(ranges.count, threads: max(1, threads)) { piece in
            let range = ranges[piece]
            found[piece] = matches(
                Array(queries[range]), Array(errors[range]), count: count, mask: mask)
        }
        return found.values.flatMap { $0 }
    }

    private func matches(
        _ queries: [[Float]], _ errors: [Double], count: Int, mask: RowMask?
    ) -> [[VectorMatch]] {
        let left = Matrix(rows: queries.count, columns: dimensions, values: queries.flatMap { $0 })
        var near = errors.map { NearCandidates(count: count, error: $0) }
        for start in stride(from: 0, to: rows.count, by: Self.blockRows) {
            let block = start..<min(start + Self.blockRows, rows.count)
            let scores = Matrix(rows: queries.count, columns: block.count)
            BLAS.multiply(left, transposed: vectors.slice(rows: block), into: scores)
            for query in queries.indices {
                near[query].insert(
                    UnsafeBufferPointer(scores.row(query)), from: start, allowed: mask)
            }
        }
        return queries.indices.map { rescored(queries[$0], near[$0].indices, count: count) }
    }

    /// The cosines of `chunks` with `query`, in their order; nil for a chunk that has no vector here.
    ///
    /// - Parameters:
    ///   - chunks: Rows of chunks, in any order
    ///   - query: `[D]`, of unit norm
    /// - Returns: One cosine a chunk, or nil.
    /// - Throws: `SearchError` where `query` has other dimensions or is not finite.
    package func cosines(of chunks: [Int64], to query: [Float]) throws -> [Double?] {
        _ = try roundingError(query)
        return chunks.map { chunk in position(of: chunk).map { product(query, $0) } }
    }

    private func rescored(_ query: [Float], _ indices: [Int], count: Int) -> [VectorMatch] {
        var best = TopK(count: count)
        for index in indices { best.offer(Scored(index: index, score: product(query, index))) }
        return best.ranking.map {
            VectorMatch(row: rows[$0.index], document: documents[$0.index], cosine: $0.score)
        }
    }

    private func position(of row: Int64) -> Int? {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle] < row { low = middle + 1 } else { high = middle }
        }
        return low < rows.count && rows[low] == row ? low : nil
    }

    /// The inner product in double precision: a float times a float loses nothing there.
    private func product(_ query: [Float], _ index: Int) -> Double {
        let row = vectors.row(index)
        var sum = 0.0
        for feature in 0..<query.count { sum += Double(query[feature]) * Double(row[feature]) }
        return sum
    }

    /// How far a single-precision product with a unit vector may lie from the true one.
    ///
    /// γ = *D*·u / (1 − *D*·u) times both norms, whatever the order of the sum; u is 2⁻²⁴.
    /// - SeeAlso: Higham, Accuracy and Stability of Numerical Algorithms (2002), section 3.1
    private func roundingError(_ query: [Float]) throws -> Double {
        guard query.count == dimensions else {
            throw SearchError.dimensionMismatch(index: dimensions, query: query.count)
        }
        guard query.allSatisfy(\.isFinite) else {
            throw SearchError.notFinite(text: "the query's embedding")
        }
        let norm = query.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
        let sum = Double(dimensions) * 0x1p-24
        return 1.001 * norm * sum / (1 - sum)
    }
}

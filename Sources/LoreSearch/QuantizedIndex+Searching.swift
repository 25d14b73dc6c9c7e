import LoreLinearAlgebra

extension QuantizedIndex {
    /// Queries scanned at once, so that what each keeps stays small.
    private static let batchQueries = 256
    /// Vectors asked for at once, at most.
    private static let mostVectorsAtOnce = 4096

    /// The chunks most like `query`, best first, equals by row.
    ///
    /// Equal to a full scan of the vectors in double precision: see `docs/RETRIEVAL.md`.
    ///
    /// - Parameters:
    ///   - query: `[D]`
    ///   - count: How many at most, at least 1
    ///   - mask: Which rows may be returned; nil for all
    ///   - threads: Cores to use
    ///   - exact: Where the vectors are, of which this holds the codes
    /// - Returns: Matches, best first.
    /// - Throws: `SearchError` where `query` has other dimensions or is not finite; what `exact` throws.
    /// - Complexity: O(*n* · *D*), bound by memory.
    package func nearest(
        to query: [Float], count: Int, mask: RowMask? = nil, threads: Int,
        exact: some ExactVectors
    ) throws -> [RowMatch] {
        try nearest(toEach: [query], count: count, mask: mask, threads: threads, exact: exact)
            .flatMap { $0 }
    }

    /// The chunks most like each of `queries`, `[Q × D]`, in their order.
    ///
    /// The codes are read once for many queries.
    package func nearest(
        toEach queries: [[Float]], count: Int, mask: RowMask? = nil, threads: Int,
        exact: some ExactVectors
    ) throws -> [[RowMatch]] {
        for query in queries { try check(query) }
        let allowed = allowed(by: mask)
        var found: [[RowMatch]] = []
        for start in stride(from: 0, to: queries.count, by: Self.batchQueries) {
            let batch = queries[start..<min(start + Self.batchQueries, queries.count)]
            let columns = QuantizedLayout(count: 0, dimensions: dimensions).columns
            let quantized = batch.map { QuantizedQuery($0, columns: columns) }
            let scan = CodeScan(self, quantized, allowed: allowed, count: count)
            let candidates = scan.candidates(threads: threads)
            for (place, query) in batch.enumerated() {
                found.append(
                    try best(
                        count, of: candidates[place], query, unit: quantized[place].unit, exact))
            }
        }
        return found
    }

    /// Scores candidates until none that is left can be among the best.
    private func best(
        _ count: Int, of candidates: [Candidate], _ query: [Float], unit: Double,
        _ exact: some ExactVectors
    ) throws -> [RowMatch] {
        var best = TopK(count: count)
        var start = 0
        var wanted = count + 32
        while start < candidates.count {
            let reaching = candidates[start...].prefix(wanted).prefix {
                $0.upper * unit >= best.cutoff
            }
            guard !reaching.isEmpty else { break }
            let rows = reaching.map(\.row)
            for (row, product) in zip(rows, try products(query, with: rows, exact)) {
                best.offer(Scored(index: Int(row), score: product))
            }
            start = reaching.endIndex
            wanted = min(2 * wanted, Self.mostVectorsAtOnce)
        }
        return best.ranking.map { RowMatch(row: Int64($0.index), cosine: $0.score) }
    }

    /// The cosines of `chunks` with `query`, in their order; nil for a chunk that has no vector here.
    ///
    /// - Parameters:
    ///   - chunks: Rows of chunks, in any order
    ///   - query: `[D]`
    ///   - exact: Where the vectors are
    /// - Returns: One cosine a chunk, or nil.
    /// - Throws: `SearchError` where `query` has other dimensions or is not finite; what `exact` throws.
    package func cosines(
        of chunks: [Int64], to query: [Float], exact: some ExactVectors
    ) throws -> [Double?] {
        try check(query)
        let present = chunks.filter(contains)
        let products = try products(query, with: present, exact)
        let known = Dictionary(zip(present, products)) { first, _ in first }
        return chunks.map { known[$0] }
    }

    /// Inner products in double precision: a float times a float loses nothing there.
    private func products(
        _ query: [Float], with rows: [Int64], _ exact: some ExactVectors
    ) throws -> [Double] {
        let vectors = try exact.vectors(of: rows)
        precondition(
            vectors.rows == rows.count && vectors.columns == dimensions,
            "\(vectors.rows) vectors of \(vectors.columns) for \(rows.count)")
        return try withExtendedLifetime(vectors) {
            try rows.indices.map { place in
                let product = product(query, UnsafeBufferPointer(vectors.row(place)))
                guard product.isFinite else {
                    throw SearchError.notFinite(text: "the vector of row \(rows[place])")
                }
                return product
            }
        }
    }

    private func product(_ query: [Float], _ vector: UnsafeBufferPointer<Float>) -> Double {
        var sum = 0.0
        for feature in query.indices { sum += Double(query[feature]) * Double(vector[feature]) }
        return sum
    }

    private func check(_ query: [Float]) throws {
        guard query.count == dimensions else {
            throw SearchError.dimensionMismatch(index: dimensions, query: query.count)
        }
        guard query.allSatisfy(\.isFinite) else {
            throw SearchError.notFinite(text: "the query's embedding")
        }
    }
}

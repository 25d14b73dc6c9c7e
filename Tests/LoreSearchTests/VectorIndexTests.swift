import LoreLinearAlgebra
import LoreSearch
import TestSupport
import Testing

@Suite struct VectorIndexTests {
    @Test func `the nearest of three vectors comes first`() throws {
        let index = try VectorIndex(
            rows: [10, 20, 30], documents: [1, 1, 2],
            vectors: Matrix(rows: 3, columns: 2, values: [1, 0, 0.6, 0.8, 0, 1]))

        let matches = try index.nearest(to: [0, 1], count: 2, threads: 1)

        #expect(matches.map(\.row) == [30, 20])
        #expect(matches.map(\.document) == [2, 1])
        #expect(matches[0].cosine == 1)
        #expect(abs(matches[1].cosine - 0.8) < 1e-7)
    }

    @Test func `equal vectors rank by row`() throws {
        let index = try VectorIndex(
            rows: [3, 5, 8, 9], documents: [1, 1, 1, 1],
            vectors: Matrix(rows: 4, columns: 2, values: [0, 1, 1, 0, 1, 0, 1, 0]))

        #expect(try index.nearest(to: [1, 0], count: 2, threads: 2).map(\.row) == [5, 8])
    }

    @Test func `an empty index has no match`() throws {
        let index = try VectorIndex(rows: [], documents: [], vectors: Matrix(rows: 0, columns: 2))

        #expect(try index.nearest(to: [1, 0], count: 5, threads: 2).isEmpty)
        #expect(try index.nearest(toEach: [[1, 0]], count: 5, threads: 2) == [[]])
    }

    @Test(arguments: [(1, 1), (10, 2), (3_000, 2)])
    func `the result equals a plain scan in double precision`(count: Int, threads: Int) throws {
        let (index, queries) = try Self.random(rows: 17_000, dimensions: 8, queries: 2, seed: 3)

        for query in queries {
            let matches = try index.nearest(to: query, count: count, threads: threads)
            #expect(matches == Self.plain(index, query, count: count), "seed 3")
        }
    }

    @Test func `many queries at once equal one after the other`() throws {
        let (index, queries) = try Self.random(rows: 5_000, dimensions: 8, queries: 40, seed: 5)

        let together = try index.nearest(toEach: queries, count: 12, threads: 2)

        let single = try queries.map { try index.nearest(to: $0, count: 12, threads: 1) }
        #expect(together == single, "seed 5")
    }

    @Test func `a masked search equals the full ranking restricted to the mask`() throws {
        let (index, queries) = try Self.random(rows: 5_000, dimensions: 8, queries: 2, seed: 8)
        let mask = index.mask { row, document in document % 10 == 0 && row % 2 == 0 }

        for query in queries {
            let all = Self.plain(index, query, count: index.count)
            let allowed = all.filter { $0.document % 10 == 0 && $0.row % 2 == 0 }
            let masked = try index.nearest(to: query, count: 20, mask: mask, threads: 2)
            #expect(masked == Array(allowed.prefix(20)), "seed 8")
        }
    }

    @Test func `cosines are given for the rows asked, nil for a row without a vector`() throws {
        let index = try VectorIndex(
            rows: [2, 4], documents: [1, 1],
            vectors: Matrix(rows: 2, columns: 2, values: [1, 0, 0, 1]))

        #expect(try index.cosines(of: [4, 3, 2, 9], to: [0, 1]) == [1, nil, 0, nil])
    }

    @Test func `a query of other dimensions is refused`() throws {
        let index = try VectorIndex(rows: [1], documents: [1], vectors: Matrix(rows: 1, columns: 2))

        #expect(throws: SearchError.dimensionMismatch(index: 2, query: 3)) {
            try index.nearest(to: [1, 0, 0], count: 1, threads: 1)
        }
    }

    @Test(arguments: [Float.nan, .infinity])
    func `a query that is not finite is refused`(_ value: Float) throws {
        let index = try VectorIndex(rows: [1], documents: [1], vectors: Matrix(rows: 1, columns: 2))

        #expect(throws: SearchError.notFinite(text: "the query's embedding")) {
            try index.nearest(to: [1, value], count: 1, threads: 1)
        }
    }

    /// The oracle: every product in double precision, a full sort.
    private static func plain(
        _ index: VectorIndex, _ query: [Float], count: Int
    ) -> [VectorMatch] {
        let scored = (0..<index.count).map { row in
            let vector = index.vectors.row(row)
            var sum = 0.0
            for feature in query.indices { sum += Double(query[feature]) * Double(vector[feature]) }
            return Scored(index: row, score: sum)
        }
        return scored.sorted(by: Scored.ranksBefore).prefix(count).map {
            VectorMatch(
                row: index.rows[$0.index], document: index.documents[$0.index], cosine: $0.score)
        }
    }

    /// Unit vectors in clusters, one in eight a copy of another: near and exact ties occur.
    private static func random(
        rows: Int, dimensions: Int, queries: Int, seed: UInt64
    ) throws -> (VectorIndex, [[Float]]) {
        var random = SeededRandom(seed: seed)
        func unit() -> [Float] {
            let values = (0..<dimensions).map { _ in Float.random(in: -1...1, using: &random) }
            let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return values.map { $0 / norm }
        }
        var vectors: [[Float]] = []
        for row in 0..<rows { vectors.append(row % 8 == 7 ? vectors[row / 2] : unit()) }
        let matrix = Matrix(rows: rows, columns: dimensions, values: vectors.flatMap { $0 })
        let index = try VectorIndex(
            rows: (0..<rows).map { Int64(3 * $0 + 1) }, documents: (0..<rows).map { Int64($0 / 4) },
            vectors: matrix)
        return (index, (0..<queries).map { _ in unit() })
    }
}

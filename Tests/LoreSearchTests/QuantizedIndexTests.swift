import LoreLinearAlgebra
import TestSupport
import Testing

@testable import LoreSearch

@Suite struct QuantizedIndexTests {
    /// Rows three apart, so that a place is not taken for a row.
    private static func rows(_ count: Int) -> [Int64] { (0..<count).map { Int64(3 * $0 + 1) } }

    private static func vectors(_ sample: VectorFamily.Sample) -> MatrixVectors {
        MatrixVectors(rows: rows(sample.vectors.count), matrix: sample.matrix)
    }

    private static func index(_ vectors: MatrixVectors) throws -> QuantizedIndex {
        QuantizedIndex(try QuantizedVectors(rows: vectors.rows, vectors: vectors.matrix))
    }

    @Test(arguments: VectorFamily.allCases, [(90, 384), (1_203, 8), (130, 33)])
    func `the result equals a plain scan in double precision`(
        _ family: VectorFamily, _ shape: (count: Int, dimensions: Int)
    ) throws {
        let sample = family.sample(shape.count, dimensions: shape.dimensions, seed: 21)
        let vectors = Self.vectors(sample)
        let index = try Self.index(vectors)

        for (number, query) in sample.queries.enumerated() {
            let plain = PlainSearch.nearest(to: query, in: vectors, count: shape.count)
            for count in [1, 20, shape.count + 5] {
                let found = try index.nearest(to: query, count: count, threads: 2, exact: vectors)
                #expect(
                    found == Array(plain.prefix(count)), "\(family), query \(number), seed 21")
            }
        }
    }

    @Test(arguments: VectorFamily.allCases, [8, 384])
    func `the true product lies within the bound`(
        _ family: VectorFamily, _ dimensions: Int
    ) throws {
        let sample = family.sample(100, dimensions: dimensions, seed: 33)
        let matrix = sample.matrix
        let vectors = try QuantizedVectors(rows: Self.rows(100), vectors: matrix)
        let columns = vectors.layout.columns

        for query in sample.queries {
            let quantized = QuantizedQuery(query, columns: columns)
            let bound = quantized.bound(largestNorm: vectors.largestNorm)
            for place in 0..<100 {
                let codes = UnsafeBufferPointer(
                    start: vectors.codes + place * columns, count: columns)
                let score = zip(codes, quantized.numbers).reduce(0) { $0 + Int($1.0) * Int($1.1) }
                let interval = quantized.interval(
                    score: Int32(score), scale: vectors.scales[place],
                    error: vectors.errors[place], bound)
                let product =
                    PlainSearch.product(query, Array(matrix.row(place))) / quantized.unit
                #expect(
                    interval.lower <= product && product <= interval.upper,
                    "\(family), place \(place), seed 33")
                let upper =
                    Float(score) * (bound.factor * vectors.scales[place])
                    + (bound.margin + bound.slope * vectors.errors[place])
                #expect(!(Double(upper) < product), "\(family), place \(place), seed 33")
            }
        }
    }

    @Test func `the bound on unit vectors is narrow enough to be of use`() throws {
        let sample = VectorFamily.random.sample(300, dimensions: 384, seed: 5)
        let vectors = try QuantizedVectors(rows: Self.rows(300), vectors: sample.matrix)
        let bound = QuantizedQuery(sample.queries[0], columns: 384)
            .bound(largestNorm: vectors.largestNorm)

        // A code leaves out about a third of a step a number, 1/√384 of it in each direction.
        #expect(vectors.errors[0] > 0.002 && vectors.errors[0] < 0.006)
        #expect(bound.margin / bound.slope < 0.0001)
    }

    @Test(arguments: VectorFamily.allCases)
    func `many queries at once equal one after the other`(_ family: VectorFamily) throws {
        let vectors = Self.vectors(family.sample(140, dimensions: 12, seed: 8))
        let queries = VectorFamily.random.sample(259, dimensions: 12, seed: 9).vectors
        let index = try Self.index(vectors)

        let together = try index.nearest(
            toEach: queries, count: 12, threads: 2, exact: vectors)

        let single = queries.map { PlainSearch.nearest(to: $0, in: vectors, count: 12) }
        #expect(together == single, "\(family)")
    }

    @Test(arguments: [0, 1, 10, 50, 90, 100])
    func `a masked search equals the full ranking restricted to the mask`(
        _ percent: Int
    ) throws {
        let sample = VectorFamily.clustered.sample(9_001, dimensions: 8, seed: 12)
        let vectors = Self.vectors(sample)
        let index = try Self.index(vectors)
        let isIncluded = { (row: Int64) in row / 3 * 7919 % 100 < Int64(percent) }
        let mask = index.mask(isIncluded)

        for query in sample.queries {
            let found = try index.nearest(
                to: query, count: 20, mask: mask, threads: 2, exact: vectors)
            #expect(
                found
                    == PlainSearch.nearest(
                        to: query, in: vectors, count: 20, where: isIncluded))
        }
    }

    @Test func `few vectors are asked for, in few requests`() throws {
        let sample = VectorFamily.clustered.sample(20_000, dimensions: 16, seed: 2)
        let counted = CountingVectors(Self.vectors(sample))
        let index = try Self.index(counted.vectors)

        _ = try index.nearest(to: sample.queries[0], count: 10, threads: 2, exact: counted)

        #expect(counted.requests <= 4)
        #expect(counted.rows < 1_000)
    }

    @Test func `an empty index has no match`() throws {
        let none = MatrixVectors(rows: [], matrix: Matrix(rows: 0, columns: 2))

        for index in [QuantizedIndex(dimensions: 2), try Self.index(none)] {
            #expect(try index.nearest(to: [1, 0], count: 5, threads: 2, exact: none).isEmpty)
            #expect(try index.nearest(toEach: [], count: 5, threads: 2, exact: none).isEmpty)
            #expect(try index.cosines(of: [1], to: [1, 0], exact: none) == [nil])
        }
    }

    @Test func `after changes the result is that of the vectors that are left`() throws {
        var random = SeededRandom(seed: 77)
        let sample = VectorFamily.clustered.sample(600, dimensions: 16, seed: 77)
        var current: [Int64: [Float]] = [:]
        var index = QuantizedIndex(dimensions: 16)
        for step in 0..<60 {
            let gone = current.keys.sorted().filter { _ in random.next() % 9 == 0 }
            let changed = gone.filter { _ in random.next() % 2 == 0 }
            let fresh = (0..<8).map { Int64(step * 10 + $0) }
            gone.forEach { current[$0] = nil }
            let added = (changed + fresh).sorted()
            for row in added { current[row] = sample.vectors[Int(random.next() % 600)] }
            index = index.replacing(
                gone, with: try Self.encoded(added, added.compactMap { current[$0] }))
        }
        let left = current.keys.sorted()
        let exact = MatrixVectors(
            rows: left,
            matrix: Matrix(
                rows: left.count, columns: 16, values: left.flatMap { current[$0] ?? [] }))

        #expect(index.count == left.count)
        #expect(index.segments.count <= 8)
        for whole in [index, QuantizedIndex(index.joined(key: [1]))] {
            let found = try whole.nearest(
                to: sample.queries[0], count: 50, threads: 2, exact: exact)
            #expect(
                found == PlainSearch.nearest(to: sample.queries[0], in: exact, count: 50), "seed 77"
            )
        }
        #expect(Array(index.joined(key: []).rows) == left)
    }

    @Test func `a row that is gone is not returned, nor has it a cosine`() throws {
        let vectors = MatrixVectors(
            rows: [1, 2, 3], matrix: Matrix(rows: 3, columns: 2, values: [1, 0, 0.8, 0.6, 0, 1]))
        let index = try Self.index(vectors).replacing([1, 9], with: nil)

        let found = try index.nearest(to: [1, 0], count: 2, threads: 1, exact: vectors)
        #expect(found.map(\.row) == [2, 3])
        #expect(try index.cosines(of: [1, 3], to: [1, 0], exact: vectors) == [nil, 0])
        #expect(!index.contains(1) && index.contains(2) && index.count == 2)
    }

    @Test(arguments: [Float.nan, .infinity, -.infinity])
    func `a query or a vector that is not finite is refused`(_ value: Float) throws {
        let good = MatrixVectors(rows: [1], matrix: Matrix(rows: 1, columns: 2, values: [1, 0]))
        let bad = MatrixVectors(rows: [1], matrix: Matrix(rows: 1, columns: 2, values: [1, value]))

        #expect(throws: SearchError.notFinite(text: "the query's embedding")) {
            try Self.index(good).nearest(to: [value, 0], count: 1, threads: 1, exact: good)
        }
        #expect(throws: SearchError.notFinite(text: "the vector of row 1")) {
            try Self.index(bad)
        }
        // The codes are of another vector than the one that is read.
        #expect(throws: SearchError.notFinite(text: "the vector of row 1")) {
            try Self.index(good).nearest(to: [1, 1], count: 1, threads: 1, exact: bad)
        }
    }

    @Test func `a query of other dimensions is refused`() throws {
        let vectors = MatrixVectors(rows: [1], matrix: Matrix(rows: 1, columns: 2))

        #expect(throws: SearchError.dimensionMismatch(index: 2, query: 3)) {
            try Self.index(vectors).nearest(to: [1, 0, 0], count: 1, threads: 1, exact: vectors)
        }
    }

    @Test func `codes of a row without a vector are an error`() throws {
        let vectors = MatrixVectors(rows: [1, 2], matrix: Matrix(rows: 2, columns: 2))
        let fewer = MatrixVectors(rows: [1], matrix: Matrix(rows: 1, columns: 2))

        #expect(throws: SearchError.noVector(row: 2)) {
            try Self.index(vectors).nearest(to: [1, 0], count: 2, threads: 1, exact: fewer)
        }
    }

    private static func encoded(_ rows: [Int64], _ vectors: [[Float]]) throws -> QuantizedVectors {
        try QuantizedVectors(
            rows: rows,
            vectors: Matrix(rows: rows.count, columns: 16, values: vectors.flatMap { $0 }))
    }
}

/// Counts what is asked for; used by one thread.
private final class CountingVectors: ExactVectors {
    let vectors: MatrixVectors
    private(set) var requests = 0
    private(set) var rows = 0

    init(_ vectors: MatrixVectors) { self.vectors = vectors }

    func vectors(of wanted: [Int64]) throws -> Matrix {
        requests += 1
        rows += wanted.count
        return try vectors.vectors(of: wanted)
    }
}

import Foundation
import LoreLinearAlgebra
import LoreSearch

/// Times searches of vectors that lie in a file as raw single-precision numbers.
struct SearchBench {
    let encodingMilliseconds: Double
    private let queries: [[Float]]
    private let threads: Int
    private let exact: MatrixVectors
    private let codes: QuantizedVectors
    private let index: QuantizedIndex
    private let masks: [Int: RowMask]

    private static let count = 10

    init(vectors: String, queries: String, dimensions: Int, threads: Int) throws {
        let matrix = try Self.matrix(vectors, dimensions)
        let asked = try Self.matrix(queries, dimensions)
        self.queries = (0..<asked.rows).map { Array(asked.row($0)) }
        self.threads = threads
        exact = MatrixVectors(rows: (0..<matrix.rows).map(Int64.init), matrix: matrix)
        let start = ContinuousClock.now
        let codes = try QuantizedVectors(rows: exact.rows, vectors: matrix, threads: threads)
        encodingMilliseconds = Self.milliseconds(since: start)
        self.codes = codes
        let index = QuantizedIndex(codes)
        self.index = index
        masks = Dictionary(
            uniqueKeysWithValues: [1, 10, 50].map { percent in
                (percent, index.mask { Self.isKept($0, percent) })
            })
    }

    /// The rows of a filter, scattered; the benchmark's script keeps the same.
    private static func isKept(_ row: Int64, _ percent: Int) -> Bool {
        UInt64(row) &* 2_654_435_761 % (1 << 32) < UInt64(percent) * (1 << 32) / 100
    }

    func answer(_ command: String, _ numbers: [Int]) throws -> String {
        let start = ContinuousClock.now
        var rows: [Int64] = []
        switch (command, numbers.count) {
        case ("single", 1): rows = try nearest(numbers[0], nil)
        case ("filter", 2): rows = try nearest(numbers[1], masks[numbers[0]])
        case ("batch", 0):
            rows = try index.nearest(
                toEach: queries, count: Self.count, threads: threads, exact: exact
            ).flatMap { $0.map(\.row) }
        case ("f32", 1): multiply(numbers[0])
        case ("floor", 0): rows = [sum()]
        default: throw CocoaError(.keyValueValidation)
        }
        return #"{"ms": \#(Self.milliseconds(since: start)), "rows": \#(rows)}"#
    }

    private func nearest(_ query: Int, _ mask: RowMask?) throws -> [Int64] {
        try index.nearest(
            to: queries[query], count: Self.count, mask: mask, threads: threads, exact: exact
        ).map(\.row)
    }

    private func multiply(_ query: Int) {
        let ranges = Parallel.ranges(of: exact.matrix.rows, pieces: threads * 32)
        Parallel.forEach(ranges.count, threads: threads) { piece in
            let part = exact.matrix.slice(rows: ranges[piece])
            let scores = Matrix(rows: 1, columns: part.rows)
            queries[query].withUnsafeBufferPointer {
                BLAS.multiply(part, vector: $0, into: scores.row(0))
            }
        }
    }

    /// What it takes to read the codes once.
    private func sum() -> Int64 {
        let lines = codes.bytes.count / 64
        let ranges = Parallel.ranges(of: lines, pieces: threads * 32)
        let sums = Parallel.map(ranges.count, threads: threads) { piece in
            let bytes = UnsafeRawBufferPointer(
                rebasing: codes.bytes[ranges[piece].lowerBound * 64..<ranges[piece].upperBound * 64]
            )
            return bytes.assumingMemoryBound(to: SIMD8<Int64>.self).reduce(SIMD8<Int64>(), &+)
                .wrappedSum()
        }
        return sums.reduce(0, &+)
    }

    private static func milliseconds(since start: ContinuousClock.Instant) -> Double {
        (ContinuousClock.now - start) / .milliseconds(1)
    }

    /// A file's numbers as rows, mapped.
    private static func matrix(_ path: String, _ dimensions: Int) throws -> Matrix {
        let data = try NSData(contentsOfFile: path, options: .alwaysMapped)
        let base = UnsafeMutableRawPointer(mutating: data.bytes)
        let count = data.length / (4 * dimensions)
        return Matrix(
            rows: count, columns: dimensions, stride: dimensions,
            base: base.bindMemory(to: Float.self, capacity: count * dimensions), owner: data)
    }
}

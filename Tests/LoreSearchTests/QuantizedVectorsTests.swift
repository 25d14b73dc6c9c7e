import LoreLinearAlgebra
import TestSupport
import Testing

@testable import LoreSearch

@Suite struct QuantizedVectorsTests {
    private let made: QuantizedVectors

    init() throws {
        let sample = VectorFamily.clustered.sample(70, dimensions: 40, seed: 1)
        made = try QuantizedVectors(
            rows: (0..<70).map { Int64($0 * $0) }, vectors: sample.matrix, key: [1, 2, 3],
            threads: 2)
    }

    @Test func `a code is the share of the largest number, in 127ths`() throws {
        let vectors = Matrix(rows: 2, columns: 3, values: [127, -3.25, 0, 0, 0, 0])
        let codes = try QuantizedVectors(rows: [4, 7], vectors: vectors)

        #expect(Array(UnsafeBufferPointer(start: codes.codes, count: 4)) == [127, -3, 0, 0])
        #expect(codes.scales[0] == 1 && codes.scales[1] == 0)
        #expect(codes.errors[0] >= 0.25 && codes.errors[0] < 0.2500001)
        #expect(codes.errors[1] == 0)
        #expect(Array(codes.rows) == [4, 7])
    }

    @Test func `bytes that were written are opened as they were`() throws {
        let copy = Bytes(Array(made.bytes))
        let opened = try QuantizedVectors(opening: copy.bytes, owner: copy)

        #expect(opened.key == [1, 2, 3])
        #expect(Array(opened.rows) == Array(made.rows))
        #expect(opened.dimensions == 40 && opened.count == 70)
        #expect(opened.largestNorm == made.largestNorm)
        #expect(Array(opened.bytes) == Array(made.bytes))
        for place in 0..<70 {
            #expect(opened.scales[place] == made.scales[place])
            #expect(opened.errors[place] == made.errors[place])
            #expect(opened.codes[place * 64 + 39] == made.codes[place * 64 + 39])
        }
    }

    @Test func `equal vectors give equal bytes, on any number of threads`() throws {
        let sample = VectorFamily.random.sample(3_000, dimensions: 8, seed: 6)
        let rows = (0..<3_000).map(Int64.init)

        let one = try QuantizedVectors(rows: rows, vectors: sample.matrix, threads: 1)
        let two = try QuantizedVectors(rows: rows, vectors: sample.matrix, threads: 2)

        #expect(Array(one.bytes) == Array(two.bytes))
    }

    @Test func `sections begin on 64-byte boundaries, one behind the other`() {
        let layout = QuantizedLayout(count: 3, dimensions: 33)

        #expect(layout.columns == 64)
        #expect(layout.rowsOffset == 128)
        #expect(layout.codesOffset == 192)
        #expect(layout.scalesOffset == 384)
        #expect(layout.errorsOffset == 448)
        #expect(layout.byteCount == 512)
    }

    @Test func `a file that ends within any section is refused`() {
        let layout = made.layout
        for length in [
            0, 1, 127, 128, layout.codesOffset, layout.codesOffset + 1, layout.scalesOffset,
            layout.errorsOffset, layout.errorsOffset + 4, layout.byteCount - 1,
        ] {
            let part = Bytes(Array(made.bytes.prefix(length)))
            let expected = length < 128 ? 128 : layout.byteCount
            #expect(throws: SearchError.truncatedCodes(bytes: length, expected: expected)) {
                try QuantizedVectors(opening: part.bytes, owner: part)
            }
        }
    }

    @Test func `a file that goes on behind its end is refused`() {
        let longer = Bytes(Array(made.bytes) + [0])
        #expect(
            throws: SearchError.truncatedCodes(
                bytes: made.layout.byteCount + 1, expected: made.layout.byteCount)
        ) { try QuantizedVectors(opening: longer.bytes, owner: longer) }
    }

    @Test(arguments: [
        (0, SearchError.foreignCodes), (8, .codesOfVersion(0xFF01)), (15, .foreignCodes),
        (22, .foreignCodes), (39, .foreignCodes),
    ])
    func `a header of something else is refused`(_ offset: Int, _ error: SearchError) {
        let damaged = Bytes(Array(made.bytes))
        damaged.set(0xFF, at: offset == 8 ? 9 : offset)

        #expect(throws: error) { try QuantizedVectors(opening: damaged.bytes, owner: damaged) }
    }

    @Test func `a header of no dimensions is refused`() {
        let damaged = Bytes(Array(made.bytes))
        damaged.set(0, at: 12)

        #expect(throws: SearchError.foreignCodes) {
            try QuantizedVectors(opening: damaged.bytes, owner: damaged)
        }
    }

    /// Whatever the bytes behind the header say, a search ends: with a result or an error.
    @Test func `damaged sections do not crash a search`() throws {
        var random = SeededRandom(seed: 15)
        let sample = VectorFamily.clustered.sample(70, dimensions: 40, seed: 1)
        let vectors = MatrixVectors(
            rows: Array(made.rows), matrix: sample.matrix)
        for _ in 0..<200 {
            let damaged = Bytes(Array(made.bytes))
            for _ in 0..<50 {
                let offset = Int.random(in: 128..<made.bytes.count, using: &random)
                damaged.set(UInt8.random(in: 0...255, using: &random), at: offset)
            }
            let opened = try QuantizedVectors(opening: damaged.bytes, owner: damaged)
            let found = Result {
                try QuantizedIndex(opened).nearest(
                    to: sample.queries[0], count: 5, threads: 1, exact: vectors)
            }
            if case .success(let matches) = found { #expect(matches.count == 5, "seed 15") }
        }
    }
}

/// Bytes on a 64-byte boundary, as a mapped file has them.
private final class Bytes {
    private let memory: UnsafeMutableRawBufferPointer
    private let count: Int

    init(_ bytes: [UInt8]) {
        memory = .allocate(byteCount: max(bytes.count, 1), alignment: 64)
        memory.copyBytes(from: bytes)
        count = bytes.count
    }

    deinit { memory.deallocate() }

    var bytes: UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(memory)[..<count])
    }

    func set(_ byte: UInt8, at offset: Int) { memory[offset] = byte }
}

import LoreLinearAlgebra
import TestSupport
import Testing

@testable import LoreSearch

/// All-pairs comparison by blocks against the plain one.
@Suite struct NearPairsTests {
    private struct Stopped: Error {}

    private func product(_ left: [Float], _ right: [Float]) -> Double {
        var sum = 0.0
        for feature in left.indices { sum += Double(left[feature]) * Double(right[feature]) }
        return sum
    }

    /// The smallest number of each vector's set, by comparing every two.
    private func plain(_ vectors: [[Float]], threshold: Double) -> [Int] {
        var labels = Array(vectors.indices)
        for left in vectors.indices {
            for right in vectors.indices.dropFirst(left + 1)
            where product(vectors[left], vectors[right]) >= threshold
                && labels[left] != labels[right]
            {
                let (kept, gone) = (
                    min(labels[left], labels[right]), max(labels[left], labels[right])
                )
                for index in labels.indices where labels[index] == gone { labels[index] = kept }
            }
        }
        return labels
    }

    private func matrix(_ vectors: ArraySlice<[Float]>) -> Matrix {
        Matrix(
            rows: vectors.count, columns: vectors.first?.count ?? 0, values: vectors.flatMap { $0 })
    }

    private func joined(
        _ vectors: [[Float]], threshold: Double, blockRows: Int, threads: Int
    ) throws -> [Int] {
        var sets = DisjointSets(count: vectors.count)
        try NearPairs(threshold: threshold, threads: threads, blockRows: blockRows).join(
            vectors.count, in: &sets, vectors: { matrix(vectors[$0]) })
        var first: [Int: Int] = [:]
        return vectors.indices.map { index in
            let root = sets.root(of: index)
            let label = first[root] ?? index
            first[root] = label
            return label
        }
    }

    @Test(
        arguments: [
            VectorFamily.random, .clustered, .duplicates, .nearlyEqual, .zeros, .ofEverySize,
        ], [37, 1000])
    func `sets are those of a plain comparison of all pairs`(
        family: VectorFamily, blockRows: Int
    ) throws {
        let vectors = family.sample(150, dimensions: 16, seed: UInt64(blockRows)).vectors
        for threshold in [0.3, 0.95, 1] {
            let found = try joined(
                vectors, threshold: threshold, blockRows: blockRows, threads: 2)
            #expect(found == plain(vectors, threshold: threshold), "threshold \(threshold)")
        }
    }

    @Test func `a pair counts from exactly the threshold on`() throws {
        let vectors = VectorFamily.random.sample(40, dimensions: 24, seed: 5).vectors
        let products = vectors.indices.flatMap { left in
            vectors.indices.dropFirst(left + 1).map { product(vectors[left], vectors[$0]) }
        }.sorted()
        for threshold in products.suffix(5) {
            for exact in [threshold.nextDown, threshold, threshold.nextUp] {
                let found = try joined(vectors, threshold: exact, blockRows: 16, threads: 1)
                #expect(found == plain(vectors, threshold: exact), "threshold \(exact)")
            }
        }
    }

    @Test func `rows longer than a piece and columns past it are compared too`() throws {
        var vectors = VectorFamily.random.sample(1300, dimensions: 24, seed: 9).vectors
        for (copy, original) in [(1299, 0), (1100, 3), (130, 127), (1024, 1023)] {
            vectors[copy] = vectors[original]
        }
        let found = try joined(vectors, threshold: 0.99, blockRows: 8192, threads: 2)

        let joint = found.indices.filter { found[$0] != $0 }
        #expect(joint == [130, 1024, 1100, 1299])
        #expect(joint.map { found[$0] } == [127, 1023, 3, 0])
    }

    @Test func `no more than two blocks are held, and every two meet once`() throws {
        let vectors = VectorFamily.clustered.sample(100, dimensions: 16, seed: 2).vectors
        let pairs = NearPairs(threshold: 0.9, threads: 1, blockRows: 30)
        var steps: [Int] = []
        var asked: [Range<Int>] = []
        var sets = DisjointSets(count: 100)
        try pairs.join(100, in: &sets) { range in
            asked.append(range)
            return matrix(vectors[range])
        } afterStep: {
            steps.append($0)
        }

        #expect(pairs.steps(for: 100) == 10)
        #expect(steps == Array(1...10))
        #expect(asked.allSatisfy { $0.count <= 30 })
        #expect(asked.count == 10)
    }

    @Test func `it ends where it is told to`() {
        let vectors = VectorFamily.random.sample(100, dimensions: 16, seed: 2).vectors
        var sets = DisjointSets(count: 100)
        var last = 0
        #expect(throws: Stopped.self) {
            try NearPairs(threshold: 0.9, threads: 1, blockRows: 30).join(
                100, in: &sets, vectors: { matrix(vectors[$0]) },
                afterStep: {
                    last = $0
                    if $0 == 3 { throw Stopped() }
                })
        }
        #expect(last == 3)
    }

    @Test func `nothing is compared where there is nothing`() throws {
        #expect(try joined([], threshold: 0.9, blockRows: 30, threads: 1).isEmpty)
        #expect(try joined([[1, 0]], threshold: 0.9, blockRows: 30, threads: 1) == [0])
    }
}

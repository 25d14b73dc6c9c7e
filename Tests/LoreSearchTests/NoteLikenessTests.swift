import LoreLinearAlgebra
import LoreSearch
import TestSupport
import Testing

@Suite struct NoteLikenessTests {
    private func matrix(_ rows: [[Float]]) -> Matrix {
        Matrix(rows: rows.count, columns: rows.first?.count ?? 0, values: rows.flatMap { $0 })
    }

    @Test func `both directions and the nearest pair count alike`() {
        // Cosines, rows the first note's: 1, 0, 0.6 and 0, 1, 0.8.
        let left = matrix([[1, 0], [0, 1]])
        let right = matrix([[1, 0], [0, 1], [0.6, 0.8]])
        let likeness = NoteLikeness(left, right)

        // Forth (1 + 1) / 2, back (1 + 1 + 0.8) / 3, nearest 1.
        #expect(abs(likeness.score - (1 + 2.8 / 3 + 1) / 3) < 1e-6)
        #expect(likeness.left == 0)
        #expect(likeness.right == 0)
    }

    @Test func `a long note with one like passage is farther than a short one with the same`() {
        let own = matrix([[1, 0, 0]])
        let short = matrix([[0.8, 0.6, 0]])
        let long = matrix([[0, 0, 1], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0]])

        #expect(NoteLikeness(own, short).score > NoteLikeness(own, long).score)
        #expect(NoteLikeness(own, long).right == 1)
    }

    @Test(arguments: [(1, 1), (3, 700), (700, 3), (257, 300)])
    func `it equals the plain sums, from either side`(left: Int, right: Int) {
        var random = SeededRandom(seed: UInt64(left * 1000 + right))
        let vectors = [left, right].map { count in
            (0..<count).map { _ -> [Float] in
                let vector = random.floats(24, in: -1...1)
                let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
                return vector.map { $0 / norm }
            }
        }
        let products = vectors[0].map { a in
            vectors[1].map { b in zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) } }
        }
        let forth = products.map { $0.max() ?? 0 }
        let back = (0..<right).map { column in products.map { $0[column] }.max() ?? 0 }
        let highest = forth.max() ?? 0
        let expected =
            (forth.reduce(0, +) / Double(left) + back.reduce(0, +) / Double(right) + highest) / 3

        let likeness = NoteLikeness(matrix(vectors[0]), matrix(vectors[1]))
        let reverse = NoteLikeness(matrix(vectors[1]), matrix(vectors[0]))

        #expect(abs(likeness.score - expected) < 1e-5)
        #expect(abs(reverse.score - expected) < 1e-5)
        let nearest = products[likeness.left][likeness.right]
        #expect(abs(nearest - highest) < 1e-5)
    }
}

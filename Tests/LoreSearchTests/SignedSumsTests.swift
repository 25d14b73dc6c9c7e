import TestSupport
import Testing

@testable import LoreSearch

@Suite struct SignedSumsTests {
    @Test func `a set bit turns the sign of its value`() {
        let sums = SignedSums([1, 2, 4])

        #expect((0..<8).map { bits in sums.sum { bits } } == [7, 5, 3, 1, -1, -3, -5, -7])
        #expect(SignedSums([]).sum { 0 } == 0)
    }

    @Test(arguments: [1, 7, 8, 9, 64, 65, 150])
    func `sums by eights are those of one by one`(count: Int) {
        var random = SeededRandom(seed: 5)
        // Whole numbers, so that no order of adding rounds.
        let values = (0..<count).map { _ in Double(Int.random(in: -99...99, using: &random)) }
        let sums = SignedSums(values)
        for round in 0..<20 {
            let words = (0..<3).map { _ in random.next() }
            let plain = values.indices.reduce(0.0) { sum, index in
                words[index / 64] >> UInt64(index % 64) & 1 == 0
                    ? sum + values[index] : sum - values[index]
            }
            var next = words.makeIterator()

            #expect(sums.sum { next.next() ?? 0 } == plain, "seed 5, round \(round)")
        }
    }
}

import LoreSearch
import TestSupport
import Testing

@Suite struct RandomizationTestTests {
    private let test = RandomizationTest(Resampling())

    @Test(
        arguments: [
            ([], 1), ([0, 0], 1), ([0.4], 1),
            // ±3 is reached by 2 of 4 patterns, ±6 by 2 of 8, ±4 by 4 of 8 (±4 and ±6).
            ([1, 2], 0.5), ([1, 2, 3], 0.25), ([-1, 2, 3], 0.5),
            // Five of one sign: 2 of 32.
            ([0.1, 0.1, 0.1, 0.1, 0.1], 0.0625), ([1, -1], 1),
        ] as [([Double], Double)])
    func `a few differences have the p of counting all patterns`(
        differences: [Double], expected: Double
    ) {
        #expect(test.p(differences) == expected)
    }

    @Test func `questions without a difference change nothing`() {
        #expect(test.p([1, 0, 2, 0, 0, 3]) == 0.25)
        #expect(test.p([1, 2, 3] + Array(repeating: 0, count: 200)) == 0.25)
    }

    @Test func `twelve differences have SciPy's exact p`() {
        let differences = zip(PairedScores.a, PairedScores.b).map { $0 - $1 }

        #expect(test.p(Array(differences.prefix(12))) == PairedScores.pOfTwelve)
        #expect(test.p(differences.prefix(12).map { -$0 }) == PairedScores.pOfTwelve)
    }

    @Test func `more differences have SciPy's p, but for the patterns tried`() {
        let p = test.p(zip(PairedScores.a, PairedScores.b).map { $0 - $1 })

        #expect(abs(p - PairedScores.p) < PairedScores.toleranceOfP)
    }

    @Test func `patterns tried agree with all patterns counted`() {
        var random = SeededRandom(seed: 3)
        for round in 0..<20 {
            let differences = random.floats(10, in: -0.4...1).map(Double.init)
            let exact = test.p(differences)

            let sampled = RandomizationTest(Resampling(patterns: 1_000)).p(differences)

            // 1,000 patterns scatter by (p(1 − p) / 1,000)½; 2/1,001 is what the seen one may add.
            let tolerance = 4 * (exact * (1 - exact) / 1_000).squareRoot() + 0.002
            #expect(abs(sampled - exact) <= tolerance, "seed 3, round \(round)")
        }
    }

    @Test func `p is never zero`() {
        let differences = Array(repeating: 0.01, count: 300)

        #expect(RandomizationTest(Resampling(patterns: 99)).p(differences) == 0.01)
    }

    @Test func `p is below one in twenty as often as chance says where nothing differs`() {
        var random = SeededRandom(seed: 11)
        let rounds = 400
        let significant = (0..<rounds).count { _ in
            test.p(random.floats(8, in: -1...1).map(Double.init)) <= 0.05
        }

        // Twelve of the 256 patterns, 0.047: 18.75 of 400 are expected, with a deviation of 4.2.
        #expect((6...32).contains(significant), "seed 11: \(significant)")
    }
}

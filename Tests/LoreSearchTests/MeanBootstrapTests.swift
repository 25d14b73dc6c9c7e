import LoreSearch
import Testing

@Suite struct MeanBootstrapTests {
    private let bootstrap = MeanBootstrap(Resampling())

    @Test func `the mean of one or of equal values is certain`() {
        #expect(bootstrap.interval([0.3]) == 0.3...0.3)
        #expect(bootstrap.interval([1, 1, 1]) == 1...1)
    }

    @Test func `a mean that one draw in four has is inside, that one in 64 has is not`() {
        // Of two values the mean is 0, 1/2 or 1 with chances 1/4, 1/2 and 1/4.
        #expect(bootstrap.interval([0, 1]) == 0...1)
        // Of five with a single 1 the mean is 0 with chance 0.33, above 0.6 with chance 0.007.
        #expect(bootstrap.interval([0, 0, 1, 0, 0]) == 0...0.6)
        // Of six, half of them 1, the mean is 0 or 1 with chance 1/64 each: outside of 95 in 100.
        #expect(bootstrap.interval([0, 1, 0, 1, 0, 1]) == (1.0 / 6)...(5.0 / 6))
    }

    @Test func `its ends are SciPy's, but for the draws`() {
        let interval = bootstrap.interval(PairedScores.a)
        let golden = PairedScores.intervalOfA

        #expect(abs(interval.lowerBound - golden.lowerBound) < PairedScores.toleranceOfA)
        #expect(abs(interval.upperBound - golden.upperBound) < PairedScores.toleranceOfA)
    }

    @Test func `a seed gives one interval, another seed another`() {
        let again = MeanBootstrap(Resampling()).interval(PairedScores.a)
        let other = MeanBootstrap(Resampling(seed: 2)).interval(PairedScores.a)

        #expect(again == bootstrap.interval(PairedScores.a))
        #expect(other != again)
    }

    @Test func `more coverage makes it wider`() {
        let half = MeanBootstrap(Resampling(coverage: 0.5)).interval(PairedScores.a)
        let all = MeanBootstrap(Resampling(coverage: 1)).interval(PairedScores.a)

        #expect(bootstrap.interval(PairedScores.a).contains(half.lowerBound))
        #expect(bootstrap.interval(PairedScores.a).contains(half.upperBound))
        #expect(all.lowerBound < bootstrap.interval(PairedScores.a).lowerBound)
    }

    @Test func `the generator is SplitMix64`() {
        var generator = SeededGenerator(seed: 1_234_567)

        // The first outputs of the reference implementation for this seed.
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }
}

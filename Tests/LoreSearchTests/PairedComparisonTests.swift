import LoreSearch
import Testing

@Suite struct PairedComparisonTests {
    @Test func `three questions compare as worked out by hand`() {
        let comparison = PairedComparison([1, 1, 0.5], against: [1, 0.5, 0], Resampling())

        #expect(comparison.value == 2.5 / 3)
        #expect(comparison.baseline == 0.5)
        #expect(comparison.difference == 1.0 / 3)
        // Differences 0, ½, ½. A draw has mean 0 with chance 1/27 and ½ with 8/27: both inside.
        #expect(comparison.interval == 0...0.5)
        // Of the four patterns of two equal differences, two sum to ±1.
        #expect(comparison.p == 0.5)
        #expect([comparison.wins, comparison.ties, comparison.losses] == [2, 1, 0])
    }

    @Test func `turned around it has the same p and the opposite difference`() {
        let forth = PairedComparison(PairedScores.a, against: PairedScores.b, Resampling())
        let back = PairedComparison(PairedScores.b, against: PairedScores.a, Resampling())

        #expect(back.difference == -forth.difference)
        #expect(back.p == forth.p)
        #expect([back.wins, back.losses] == [forth.losses, forth.wins])
        #expect([forth.wins, forth.ties, forth.losses] == [16, 0, 8])
    }

    @Test func `the interval of the difference is SciPy's, but for the draws`() {
        let interval = PairedComparison(PairedScores.a, against: PairedScores.b, Resampling())
            .interval
        let golden = PairedScores.intervalOfDifference

        #expect(abs(interval.lowerBound - golden.lowerBound) < PairedScores.toleranceOfDifference)
        #expect(abs(interval.upperBound - golden.upperBound) < PairedScores.toleranceOfDifference)
    }

    @Test func `a setting compared with itself differs by nothing, for certain`() {
        let comparison = PairedComparison(PairedScores.a, against: PairedScores.a, Resampling())

        #expect(comparison.difference == 0)
        #expect(comparison.interval == 0...0)
        #expect(comparison.p == 1)
        #expect(comparison.ties == 24)
    }
}

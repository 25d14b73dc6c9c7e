/// Fisher's randomization test of paired differences.
///
/// If two settings were equally good, each question's difference could as well have the other sign.
/// p is the share of sign patterns whose sum is as far from 0 as the one seen, either way.
///
/// - SeeAlso: Smucker, Allan and Carterette (2007), doi:10.1145/1321440.1321528
package struct RandomizationTest: Sendable {
    private let resampling: Resampling

    package init(_ resampling: Resampling) { self.resampling = resampling }

    /// The two-sided p.
    ///
    /// Exact where there are few enough patterns to try all. Else the pattern seen counts as one of
    /// those tried: p is never 0 (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585).
    ///
    /// - Parameter differences: One of each question; those of 0 have no sign and do not count.
    /// - Returns: Above 0 and at most 1; 1 where no question differs.
    /// - Complexity: O(*patterns* · *n*) for *n* differences.
    package func p(_ differences: [Double]) -> Double {
        let moved = differences.filter { $0 != 0 }
        let sums = SignedSums(moved)
        // Sums that only rounding tells apart are equal: n·2⁻⁵³ of the magnitudes' sum on each side.
        let rounding = moved.reduce(0) { $0 + abs($1) } * Double(moved.count) * 0x1p-52
        let seen = abs(sums.sum { 0 }) - rounding
        return canTryAll(moved) ? exact(sums, 1 << moved.count, seen) : sampled(sums, seen)
    }

    private func canTryAll(_ moved: [Double]) -> Bool {
        moved.count < Int.bitWidth - 1 && 1 << moved.count <= resampling.patterns
    }

    private func exact(_ sums: SignedSums, _ patterns: Int, _ seen: Double) -> Double {
        let reaching = (0..<patterns).count { pattern in
            abs(sums.sum { UInt64(pattern) }) >= seen
        }
        return Double(reaching) / Double(patterns)
    }

    private func sampled(_ sums: SignedSums, _ seen: Double) -> Double {
        var generator = SeededGenerator(seed: resampling.seed)
        let reaching = (0..<resampling.patterns).count { _ in
            abs(sums.sum { generator.next() }) >= seen
        }
        return Double(reaching + 1) / Double(resampling.patterns + 1)
    }
}

/// How finely the chance in figures over questions is measured.
package struct Resampling: Hashable, Sendable {
    /// Times that a bootstrap draws as many questions as there are: its ends move by a hundredth of
    /// the interval's width with another seed.
    package let draws: Int
    /// Sign patterns that a randomization test tries; all of them where there are no more.
    ///
    /// A p of 0.05 is known to 0.0014.
    package let patterns: Int
    /// The share of a bootstrap's means that lie in its interval.
    package let coverage: Double
    /// Equal figures get equal intervals.
    package let seed: UInt64

    package init(
        draws: Int = 10_000, patterns: Int = 100_000, coverage: Double = 0.95, seed: UInt64 = 1
    ) {
        precondition(draws > 0 && patterns > 0, "\(draws) draws, \(patterns) patterns")
        precondition((0...1).contains(coverage), "coverage is \(coverage)")
        self.draws = draws
        self.patterns = patterns
        self.coverage = coverage
        self.seed = seed
    }
}

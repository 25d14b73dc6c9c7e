/// How one setting does against another on the same questions.
package struct PairedComparison: Hashable, Sendable {
    /// The mean of the setting, and of what it is compared with.
    package let value: Double
    package let baseline: Double
    /// The mean of the questions' differences, above 0 where the setting is the better one.
    package let difference: Double
    /// The bootstrap interval of `difference`.
    package let interval: ClosedRange<Double>
    /// The chance of a difference as large, either way, were the two equally good.
    package let p: Double
    /// Questions on which the setting does better, as well, and worse.
    package let wins: Int
    package let ties: Int
    package let losses: Int

    /// Compares question by question.
    ///
    /// - Parameters:
    ///   - values: A figure of each question, at least one.
    ///   - baseline: The same figure of the same questions in the same order.
    ///   - resampling: How finely chance is measured.
    package init(_ values: [Double], against baseline: [Double], _ resampling: Resampling) {
        precondition(values.count == baseline.count, "\(values.count) and \(baseline.count) values")
        let differences = zip(values, baseline).map { $0 - $1 }
        self.value = Self.mean(values)
        self.baseline = Self.mean(baseline)
        difference = Self.mean(differences)
        interval = MeanBootstrap(resampling).interval(differences)
        p = RandomizationTest(resampling).p(differences)
        wins = differences.count { $0 > 0 }
        ties = differences.count { $0 == 0 }
        losses = differences.count { $0 < 0 }
    }

    private static func mean(_ values: [Double]) -> Double {
        values.reduce(0, +) / Double(values.count)
    }
}

/// The percentile bootstrap of a mean: between which ends it lies for most draws of the questions.
///
/// Every sample of one length is drawn alike, so that a wider interval is never due to its draws.
///
/// - SeeAlso: Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, chapter 13
package struct MeanBootstrap: Sendable {
    private let resampling: Resampling

    package init(_ resampling: Resampling) { self.resampling = resampling }

    /// The interval of the mean of `values`.
    ///
    /// - Parameter values: A figure of each question, at least one.
    /// - Returns: Both ends; one point where all values are equal.
    /// - Complexity: O(*draws* · *n*) for *n* values.
    package func interval(_ values: [Double]) -> ClosedRange<Double> {
        precondition(!values.isEmpty, "no values")
        var generator = SeededGenerator(seed: resampling.seed)
        let means = (0..<resampling.draws).map { _ in Self.mean(drawnFrom: values, &generator) }
            .sorted()
        let tail = (1 - resampling.coverage) / 2
        return Self.quantile(tail, of: means)...Self.quantile(1 - tail, of: means)
    }

    /// The mean of as many values as there are, each drawn from all.
    private static func mean(
        drawnFrom values: [Double], _ generator: inout SeededGenerator
    ) -> Double {
        var sum = 0.0
        for _ in values.indices { sum += values[generator.index(below: values.count)] }
        return sum / Double(values.count)
    }

    /// Between two values the one in proportion, as definition 7 of Hyndman and Fan has it.
    ///
    /// - SeeAlso: Hyndman and Fan (1996), doi:10.1080/00031305.1996.10473566
    private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = Int(place)
        let above = min(below + 1, sorted.count - 1)
        return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
}

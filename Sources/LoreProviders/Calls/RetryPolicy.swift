/// How often a failed request is tried again, and how long to wait before it.
package struct RetryPolicy: Hashable, Sendable {
    /// Tries after the first.
    package let retries: Int
    /// The longest wait before the first retry; it doubles with each.
    package let firstDelay: Duration
    package let longestDelay: Duration

    /// - Precondition: No number is negative.
    package init(retries: Int, firstDelay: Duration, longestDelay: Duration) {
        precondition(
            retries >= 0 && firstDelay >= .zero && longestDelay >= .zero,
            "\(retries) retries, \(firstDelay), \(longestDelay)")
        self.retries = retries
        self.firstDelay = firstDelay
        self.longestDelay = longestDelay
    }

    /// The wait before retry `number`, from 1: between three quarters of the full delay and all of
    /// it, at random, so that many clients do not come back together.
    package func delay(
        beforeRetry number: Int, using generator: inout some RandomNumberGenerator
    ) -> Duration {
        precondition(number >= 1, "retry \(number)")
        let doubled = firstDelay * (1 << min(number - 1, 20))
        return min(doubled, longestDelay) * Double.random(in: 0.75...1, using: &generator)
    }
}

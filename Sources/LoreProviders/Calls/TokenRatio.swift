/// How many tokens a model makes of a byte of text, learnt from what its provider counted.
///
/// The estimate is the mean of what was seen and a margin of four mean deviations, both smoothed
/// exponentially, as TCP estimates how long an answer takes. Until something was seen it is
/// `TokenEstimate.most`.
///
/// - SeeAlso: RFC 6298, section 2
package struct TokenRatio: Hashable, Sendable {
    /// Of tokens a byte, and of its distance from what is seen.
    private var mean = 0.0
    private var deviation = 0.0
    private var isUntaught = true

    /// A new value counts this much.
    private static let meanGain = 1.0 / 8
    private static let deviationGain = 1.0 / 4
    /// Of the first value, taken for its deviation: a margin of a fifth.
    private static let firstDeviation = 0.05
    private static let deviations = 4.0
    /// The margin has at least this part of the mean.
    private static let leastMargin = 0.05
    /// Requests of fewer bytes consist of what a provider adds, more than of text.
    private static let leastBytes = 500
    /// Tokens a byte that are believed: fewer come of requests that were cut, more of none.
    private static let believed = 1.0 / 8...1
    /// The estimate is not lower, whatever was seen: the next text may be of another kind.
    private static let leastRate = 1.0 / 5

    package init() {}

    /// Learns that a model counted `tokens` in a request of so many bytes of text.
    package mutating func learn(bytes: Int, tokens: Int) {
        guard bytes >= Self.leastBytes else { return }
        let seen = Double(tokens) / Double(bytes)
        guard Self.believed.contains(seen) else { return }
        if isUntaught {
            (mean, deviation, isUntaught) = (seen, seen * Self.firstDeviation, false)
        } else {
            deviation += Self.deviationGain * (abs(seen - mean) - deviation)
            mean += Self.meanGain * (seen - mean)
        }
    }

    /// The tokens of so many bytes of text: hardly ever too few.
    package func most(bytes: Int) -> Int {
        guard !isUntaught else { return TokenEstimate.most(bytes: bytes) }
        let margin = max(Self.deviations * deviation, Self.leastMargin * mean)
        let rate = max(mean + margin, Self.leastRate)
        return Int((Double(bytes) * rate).rounded(.up))
    }
}

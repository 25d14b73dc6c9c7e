#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// How much a word counts, by where it stands and how long the text around it is.
package struct BM25: Hashable, Sendable {
    /// Damps repetition: the larger, the more the tenth mention adds.
    package let k1: Double
    /// How far length counts against a text, 0 to 1.
    package let b: Double
    /// What a mention counts in the note's title, the heading path and the body.
    package let titleWeight: Double
    package let headingWeight: Double
    package let bodyWeight: Double
    /// What a compound such as `foo-bar` found whole counts, beside its parts.
    package let compoundWeight: Double
    /// What words count that are found instead of one that no note holds.
    package let substituteWeight: Double

    package init(
        k1: Double, b: Double, titleWeight: Double, headingWeight: Double, bodyWeight: Double,
        compoundWeight: Double, substituteWeight: Double = 0.5
    ) {
        self.k1 = k1
        self.b = b
        self.titleWeight = titleWeight
        self.headingWeight = headingWeight
        self.bodyWeight = bodyWeight
        self.compoundWeight = compoundWeight
        self.substituteWeight = substituteWeight
    }

    /// What a term adds to the score of a text.
    ///
    /// - Parameters:
    ///   - frequency: Mentions in the text, weighted by column.
    ///   - inverseFrequency: `inverseFrequency(of:in:)` of the term.
    ///   - length: Tokens of the text.
    ///   - meanLength: Tokens of a text on average.
    /// - Returns: At least 0, below `inverseFrequency * (k1 + 1)`.
    /// - SeeAlso: Robertson and Zaragoza (2009), doi:10.1561/1500000019
    func score(
        frequency: Double, inverseFrequency: Double, length: Double, meanLength: Double
    ) -> Double {
        let norm = k1 * (1 - b + b * length / meanLength)
        return inverseFrequency * frequency * (k1 + 1) / (frequency + norm)
    }

    /// The score that no text reaches, however often it mentions all terms.
    ///
    /// - Parameter inverseFrequencies: One of each term.
    /// - Returns: At least 0.
    func ceiling(_ inverseFrequencies: [Double]) -> Double {
        inverseFrequencies.reduce(0) { $0 + $1 * (k1 + 1) }
    }

    /// How telling a term is that `matches` of `total` texts hold; always above 0.
    ///
    /// The 1 inside the logarithm departs from the paper, whose formula turns negative for terms of
    /// more than half of the texts: in a small folder that is most of them.
    static func inverseFrequency(of matches: Int, in total: Int) -> Double {
        let (matches, total) = (Double(matches), Double(total))
        return log1p((total - matches + 0.5) / (matches + 0.5))
    }
}

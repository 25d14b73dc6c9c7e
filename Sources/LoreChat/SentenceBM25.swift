#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// BM25 of sentences among one another: a term that few of them hold tells them apart.
///
/// - SeeAlso: Robertson and Zaragoza (2009), doi:10.1561/1500000019
struct SentenceBM25 {
    private let counter: TermCounter
    private let k1: Double
    private let b: Double

    init(_ terms: [QuestionTerm], k1: Double, b: Double) {
        counter = TermCounter(terms)
        self.k1 = k1
        self.b = b
    }

    /// One score a text, 0 where no term stands in it.
    func scores(of texts: [String]) -> [Double] {
        let counts = texts.map { counter.counts(in: $0.utf8) }
        let total = Double(texts.count)
        let mean = max(1, counts.reduce(0) { $0 + Double($1.length) } / max(total, 1))
        let telling = counter.weights.indices.map { term in
            let holding = Double(counts.count { $0.frequencies[term] > 0 })
            return log1p((total - holding + 0.5) / (holding + 0.5))
        }
        return counts.map { count in
            let norm = k1 * (1 - b + b * Double(count.length) / mean)
            return zip(count.frequencies, telling).reduce(0) { sum, term in
                let frequency = Double(term.0)
                return sum + term.1 * frequency * (k1 + 1) / (frequency + norm)
            }
        }
    }
}

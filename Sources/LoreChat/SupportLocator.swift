package import LoreCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Finds the sentence of a passage on which a statement rests.
///
/// It is the sentence that shares most with the statement: the words of both, weighted by how few
/// sentences of all passages hold them, as the cosine of two sets.
package struct SupportLocator: Sendable {
    /// A sentence of a passage.
    package struct Support: Hashable, Sendable {
        /// Exactly the bytes of the note at `range`.
        package let quote: String
        package let range: SourceRange
    }

    struct Candidate {
        let support: Support
        let kind: Sentence.Kind
        let words: Set<[UInt8]>
    }

    /// The least share of a statement's words, by weight, that its support holds.
    private static let leastShare = 0.2

    /// The sentences of each passage.
    let passages: [[Candidate]]
    private let weights: [[UInt8]: Double]
    /// Of a word that no sentence holds.
    private let unknownWeight: Double

    /// Looks in `passages`, of which the first has the number 1.
    package init(passages: [Hit]) {
        self.passages = passages.map(Self.candidates)
        let all = self.passages.joined().map(\.words)
        var holding: [[UInt8]: Int] = [:]
        for words in all { for word in words { holding[word, default: 0] += 1 } }
        let total = Double(all.count)
        weights = holding.mapValues { log1p(total / Double($0)) }
        unknownWeight = log1p(total)
    }

    /// The sentence of passage `number` that supports `claim`; nil where none has enough of it.
    package func support(for claim: String, in number: Int) -> Support? {
        let words = Set(WordScanner.stems(claim.utf8))
        let weight = weight(of: words)
        guard weight > 0 else { return nil }
        var best: (score: Double, support: Support)?
        for candidate in passages[number - 1] {
            let shared = self.weight(of: candidate.words.intersection(words))
            guard shared >= Self.leastShare * weight else { continue }
            let score = shared / (weight * self.weight(of: candidate.words)).squareRoot()
            if score > best?.score ?? 0 { best = (score, candidate.support) }
        }
        return best?.support
    }

    func weight(of words: Set<[UInt8]>) -> Double {
        // In the words' order: floating-point sums depend on theirs.
        words.map { weights[$0] ?? unknownWeight }.sorted().reduce(0, +)
    }

    /// The sentences of `passage` that have words, in its order.
    static func candidates(of passage: Hit) -> [Candidate] {
        let bytes = Array(passage.chunk.text.utf8)
        return SentenceSplitter.sentences(of: bytes).compactMap { sentence in
            guard sentence.kind != .rule else { return nil }
            let words = Set(WordScanner.stems(bytes[sentence.bytes]))
            guard !words.isEmpty else { return nil }
            return Candidate(
                support: Support(
                    quote: String(decoding: bytes[sentence.bytes], as: UTF8.self),
                    range: passage.chunk.range.part(sentence.bytes, of: passage.chunk.text)),
                kind: sentence.kind, words: words)
        }
    }
}

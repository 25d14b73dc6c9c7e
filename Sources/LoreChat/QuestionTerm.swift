/// A word of the question that tells what it is about.
package struct QuestionTerm: Hashable, Sendable {
    /// As the user wrote it; in scripts without spaces a run of characters.
    package let text: String
    /// How telling it is: its inverse document frequency among the chunks, above 0; the highest
    /// for a word that no chunk holds.
    package let weight: Double

    /// - Precondition: `weight` is positive.
    package init(text: String, weight: Double) {
        precondition(weight > 0, "a weight of \(weight) for '\(text)'")
        self.text = text
        self.weight = weight
    }
}

/// Counts the terms of a question in texts.
///
/// A phrase such as `foo bar` counts nothing: its words are terms of their own.
struct TermCounter {
    /// Of each term, in their order; 0 of a phrase.
    let weights: [Double]

    private let terms: [QuestionTerm]
    /// Which terms a stem stands for.
    private let termsByStem: [[UInt8]: [Int]]
    /// Terms that are looked for as a run of bytes, since no blanks set them apart.
    private let runs: [(term: Int, bytes: [UInt8])]

    init(_ terms: [QuestionTerm]) {
        self.terms = terms
        var weights = terms.map(\.weight)
        var termsByStem: [[UInt8]: [Int]] = [:]
        var runs: [(Int, [UInt8])] = []
        for (index, term) in terms.enumerated() {
            if term.text.unicodeScalars.contains(where: Self.isUnspaced) {
                runs.append((index, term.text.utf8.filter { !isBlank($0) }))
            } else {
                let stems = WordScanner.stems(term.text.utf8)
                if stems.count == 1 {
                    termsByStem[stems[0], default: []].append(index)
                } else {
                    weights[index] = 0
                }
            }
        }
        self.weights = weights
        self.termsByStem = termsByStem
        self.runs = runs
    }

    /// How often each term stands in `text`, and the words of `text`.
    func counts(in text: some Collection<UInt8>) -> (frequencies: [Int], length: Int) {
        var frequencies = [Int](repeating: 0, count: terms.count)
        let stems = WordScanner.stems(text)
        for stem in stems {
            for term in termsByStem[stem] ?? [] { frequencies[term] += 1 }
        }
        for run in runs { frequencies[run.term] += occurrences(of: run.bytes, in: Array(text)) }
        return (frequencies, stems.count)
    }

    /// The share of the terms, by weight, that stands in `texts` taken together, 0 to 1.
    ///
    /// `doubt` is the weight of one more term that no text holds. 0 where there are no terms.
    func coverage(of texts: [String], doubt: Double) -> Double {
        let total = weights.reduce(doubt, +)
        guard total > 0 else { return 0 }
        var found = Set<Int>()
        for text in texts {
            let frequencies = counts(in: text.utf8).frequencies
            found.formUnion(frequencies.indices.filter { frequencies[$0] > 0 })
        }
        return weights.indices.reduce(0) { found.contains($1) ? $0 + weights[$1] : $0 } / total
    }

    private func occurrences(of run: [UInt8], in text: [UInt8]) -> Int {
        guard !run.isEmpty, text.count >= run.count else { return 0 }
        return (0...text.count - run.count).count { start in
            text[start] == run[0] && text[start..<start + run.count].elementsEqual(run)
        }
    }

    /// Ideographs, kana and hangul.
    private static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x11FF, 0x3005...0x30FF, 0x3130...0x318F, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF66...0xFF9D, 0x20000...0x3FFFF:
            true
        default: false
        }
    }
}

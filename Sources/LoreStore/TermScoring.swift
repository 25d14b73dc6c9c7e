/// Scores each matching chunk as one text.
struct ChunkScoring {
    let matches: TermMatches
    let lengths: TextLengths
    let bm25: BM25
    /// Chunks that hold each term.
    let frequencies: [Int]
    /// How telling each term is among the chunks.
    let inverseFrequencies: [Double]

    init(_ matches: TermMatches, of query: LexicalQuery, _ lengths: TextLengths, by bm25: BM25) {
        self.matches = matches
        self.lengths = lengths
        self.bm25 = bm25
        var frequencies = [Int](repeating: 0, count: query.terms.count)
        for count in matches.counts { frequencies[count.term] += 1 }
        self.frequencies = frequencies
        inverseFrequencies = bm25.inverseFrequencies(
            of: query.terms, frequencies, in: Int(matches.totals.rows))
    }

    /// The matching chunks of `documents`, nil for all, by row.
    func candidates(among documents: RowSet?) -> [LexicalCandidate] {
        let scorer = TermScorer(
            inverseFrequencies: inverseFrequencies,
            meanLength: Double(matches.totals.tokens) / Double(matches.totals.rows), bm25: bm25)
        var candidates: [LexicalCandidate] = []
        candidates.reserveCapacity(matches.matches.count)
        for (index, match) in matches.matches.enumerated() {
            if let documents, !documents.contains(ChunkRow.document(of: match.row)) { continue }
            var score = TextScore(length: Double(lengths.chunks[index]))
            for count in matches.counts[match.range] {
                let frequency =
                    Double(count.title) * bm25.titleWeight
                    + Double(count.heading) * bm25.headingWeight
                    + Double(count.body) * bm25.bodyWeight
                scorer.add(count.term, frequency, to: &score)
            }
            candidates.append(score.candidate(match.row))
        }
        return candidates
    }
}

/// Scores each note with a matching chunk as one text: its title and all its bodies.
///
/// Headings count as the lines of the body that they are.
struct DocumentScoring {
    let matches: TermMatches
    let lengths: TextLengths
    let bm25: BM25
    /// Documents that hold each term.
    let frequencies: [Int]
    /// How telling each term is among the documents.
    let inverseFrequencies: [Double]

    init(_ matches: TermMatches, of query: LexicalQuery, _ lengths: TextLengths, by bm25: BM25) {
        self.matches = matches
        self.lengths = lengths
        self.bm25 = bm25
        var frequencies = [Int](repeating: 0, count: query.terms.count)
        var last = [Int](repeating: -1, count: query.terms.count)
        for (index, group) in matches.groups.enumerated() {
            for count in matches.counts(of: group)
            where count.title + count.body > 0 && last[count.term] != index {
                last[count.term] = index
                frequencies[count.term] += 1
            }
        }
        self.frequencies = frequencies
        inverseFrequencies = bm25.inverseFrequencies(
            of: query.terms, frequencies, in: lengths.documents)
    }

    /// Those of `documents`, nil for all, with a matching chunk, by row.
    func candidates(among documents: RowSet?) -> [LexicalCandidate] {
        let scorer = TermScorer(
            inverseFrequencies: inverseFrequencies,
            meanLength: Double(matches.totals.bodyTokens) / Double(lengths.documents), bm25: bm25)
        var frequencies = [Double](repeating: 0, count: inverseFrequencies.count)
        var candidates: [LexicalCandidate] = []
        candidates.reserveCapacity(matches.groups.count)
        for (index, group) in matches.groups.enumerated() {
            let document = matches.document(ofGroup: index)
            if let documents, !documents.contains(document) { continue }
            add(group, to: &frequencies)
            var score = TextScore(length: Double(lengths.bodies[index]))
            for term in frequencies.indices where frequencies[term] > 0 {
                scorer.add(term, frequencies[term], to: &score)
                frequencies[term] = 0
            }
            if score.matchedTerms > 0 { candidates.append(score.candidate(document)) }
        }
        return candidates
    }

    private func add(_ group: Range<Int>, to frequencies: inout [Double]) {
        // Each chunk repeats the title: it counts once.
        for count in matches.counts[matches.matches[group.lowerBound].range] {
            frequencies[count.term] += Double(count.title) * bm25.titleWeight
        }
        for count in matches.counts(of: group) {
            frequencies[count.term] += Double(count.body) * bm25.bodyWeight
        }
    }
}

extension TermMatches {
    /// The counts of neighbouring matches.
    fileprivate func counts(of group: Range<Int>) -> ArraySlice<Count> {
        let (first, last) = (matches[group.lowerBound], matches[group.upperBound - 1])
        return counts[first.range.lowerBound..<last.range.upperBound]
    }
}

/// What the terms of one text have added up to.
private struct TextScore {
    let length: Double
    private(set) var value = 0.0
    private(set) var matchedTerms = 0

    init(length: Double) { self.length = length }

    mutating func add(_ part: Double) {
        value += part
        matchedTerms += 1
    }

    func candidate(_ row: Int64) -> LexicalCandidate {
        LexicalCandidate(row: row, score: value, matchedTerms: matchedTerms)
    }
}

/// What a term counts in a text.
private struct TermScorer {
    let meanLength: Double
    let bm25: BM25
    /// Of each term, its compound weight included.
    let inverseFrequencies: [Double]

    init(inverseFrequencies: [Double], meanLength: Double, bm25: BM25) {
        self.inverseFrequencies = inverseFrequencies
        self.meanLength = max(meanLength, 1)
        self.bm25 = bm25
    }

    /// Adds what `term` counts, where its `frequency` is above 0.
    func add(_ term: Int, _ frequency: Double, to score: inout TextScore) {
        guard frequency > 0 else { return }
        score.add(
            bm25.score(
                frequency: frequency, inverseFrequency: inverseFrequencies[term],
                length: score.length, meanLength: meanLength))
    }
}

extension BM25 {
    /// How telling each term is, with the weights of compounds and of earlier turns.
    fileprivate func inverseFrequencies(
        of terms: [LexicalQuery.Term], _ frequencies: [Int], in texts: Int
    ) -> [Double] {
        zip(terms, frequencies).map { term, matches in
            Self.inverseFrequency(of: matches, in: texts)
                * term.weight * (term.isCompound ? compoundWeight : 1)
                * (term.substitutes.isEmpty ? 1 : substituteWeight)
        }
    }
}

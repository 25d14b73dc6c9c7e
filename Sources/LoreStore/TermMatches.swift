import GRDB

/// All chunks that hold a term of the query, with the counts of the terms in each.
struct TermMatches {
    /// One chunk; its counts are `counts[range]` of the matches.
    struct Match {
        let row: Int64
        /// Tokens of title, heading path and body.
        let length: Int
        let range: Range<Int>
    }

    /// By row.
    let matches: [Match]
    let counts: [TermCounts.Count]

    init(_ query: LexicalQuery, in database: Database) throws {
        let gathered = TermCounts.Gathering()
        let statement = try RawStatement(
            database,
            """
            SELECT lore_counts(chunks_fts, ?2) FROM chunks_fts WHERE chunks_fts MATCH ?1
            ORDER BY rowid
            """)
        try statement.run(.text(query.expression), .pointer(gathered, type: TermCounts.pointerType))
        matches = gathered.matches
        counts = gathered.counts
    }
}

/// Scores each matching chunk as one text.
struct ChunkScoring {
    let matches: TermMatches
    let query: LexicalQuery
    let totals: TermCounts.Totals
    let bm25: BM25
    /// Chunks that hold each term.
    let frequencies: [Int]

    init(matches: TermMatches, query: LexicalQuery, totals: TermCounts.Totals, bm25: BM25) {
        self.matches = matches
        self.query = query
        self.totals = totals
        self.bm25 = bm25
        var frequencies = [Int](repeating: 0, count: query.terms.count)
        for match in matches.matches {
            var last = -1
            // Counts of one term are neighbours.
            for count in matches.counts[match.range] where count.term != last {
                last = count.term
                frequencies[last] += 1
            }
        }
        self.frequencies = frequencies
    }

    /// Of each term among the chunks.
    var inverseFrequencies: [Double] {
        bm25.inverseFrequencies(of: query.terms, frequencies, in: Int(totals.rows))
    }

    /// The matching chunks of `documents`, nil for all, by row.
    func candidates(among documents: DocumentRows?) -> [LexicalCandidate] {
        let scorer = TermScorer(
            inverseFrequencies: inverseFrequencies,
            meanLength: Double(totals.tokens) / Double(totals.rows), bm25: bm25)
        var frequency = [Double](repeating: 0, count: query.terms.count)
        return matches.matches.compactMap { match in
            let document = ChunkRow.document(of: match.row)
            if let documents, !documents.contains(document) { return nil }
            for count in matches.counts[match.range] {
                frequency[count.term] += Double(count.count) * bm25.weight(ofColumn: count.column)
            }
            return scorer.candidate(match.row, length: Double(match.length), &frequency)
        }
    }
}

/// Scores each note with a matching chunk as one text: its title and all its bodies.
///
/// Headings count as the lines of the body that they are.
struct DocumentScoring {
    let matches: TermMatches
    let query: LexicalQuery
    let totals: TermCounts.Totals
    let bm25: BM25
    /// Tokens of each document's body.
    let lengths: [Int64: Int64]
    /// Documents that hold each term.
    let frequencies: [Int]
    /// Of `matches`, one range a document.
    private let groups: [Range<Int>]

    init(
        matches: TermMatches, query: LexicalQuery, totals: TermCounts.Totals, bm25: BM25,
        lengths: [Int64: Int64]
    ) {
        self.matches = matches
        self.query = query
        self.totals = totals
        self.bm25 = bm25
        self.lengths = lengths
        groups = Self.groups(matches.matches)
        var frequencies = [Int](repeating: 0, count: query.terms.count)
        for group in groups {
            var found = Set<Int>()
            for match in matches.matches[group] {
                for count in matches.counts[match.range] where count.column != 1 {
                    found.insert(count.term)
                }
            }
            for term in found { frequencies[term] += 1 }
        }
        self.frequencies = frequencies
    }

    private static func groups(_ matches: [TermMatches.Match]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var start = 0
        for index in matches.indices.dropFirst()
        where ChunkRow.document(of: matches[index].row)
            != ChunkRow.document(of: matches[start].row)
        {
            groups.append(start..<index)
            start = index
        }
        return matches.isEmpty ? [] : groups + [start..<matches.count]
    }

    /// Of each term among the documents.
    var inverseFrequencies: [Double] {
        bm25.inverseFrequencies(of: query.terms, frequencies, in: lengths.count)
    }

    /// Those of `documents`, nil for all, with a matching chunk, by row.
    func candidates(among documents: DocumentRows?) -> [LexicalCandidate] {
        let scorer = TermScorer(
            inverseFrequencies: inverseFrequencies,
            meanLength: Double(totals.bodyTokens) / Double(lengths.count), bm25: bm25)
        var frequency = [Double](repeating: 0, count: query.terms.count)
        return groups.compactMap { group in
            let document = ChunkRow.document(of: matches.matches[group.lowerBound].row)
            if let documents, !documents.contains(document) { return nil }
            addFrequencies(of: group, to: &frequency)
            let candidate = scorer.candidate(
                document, length: Double(lengths[document] ?? 0), &frequency)
            return candidate.matchedTerms > 0 ? candidate : nil
        }
    }

    private func addFrequencies(of group: Range<Int>, to frequency: inout [Double]) {
        for index in group {
            for count in matches.counts[matches.matches[index].range] {
                switch count.column {
                // Each chunk repeats the title: it counts once.
                case 0 where index == group.lowerBound:
                    frequency[count.term] += Double(count.count) * bm25.titleWeight
                case 2: frequency[count.term] += Double(count.count) * bm25.bodyWeight
                default: break
                }
            }
        }
    }
}

/// Adds up the terms of one text.
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

    /// The score of `row` by `frequency` of each term, which is 0 again after.
    func candidate(
        _ row: Int64, length: Double, _ frequency: inout [Double]
    ) -> LexicalCandidate {
        var score = 0.0
        var matched = 0
        for term in frequency.indices where frequency[term] > 0 {
            matched += 1
            score += bm25.score(
                frequency: frequency[term], inverseFrequency: inverseFrequencies[term],
                length: length, meanLength: meanLength)
            frequency[term] = 0
        }
        return LexicalCandidate(row: row, score: score, matchedTerms: matched)
    }
}

extension BM25 {
    /// How telling each term is, that of a compound with its weight.
    fileprivate func inverseFrequencies(
        of terms: [LexicalQuery.Term], _ frequencies: [Int], in texts: Int
    ) -> [Double] {
        zip(terms, frequencies).map { term, matches in
            Self.inverseFrequency(of: matches, in: texts) * (term.isCompound ? compoundWeight : 1)
        }
    }

    fileprivate func weight(ofColumn column: Int) -> Double {
        switch column {
        case 0: titleWeight
        case 1: headingWeight
        default: bodyWeight
        }
    }
}

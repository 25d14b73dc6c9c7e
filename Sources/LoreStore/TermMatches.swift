/// All chunks that hold a term of the query, with the counts of the terms in each.
struct TermMatches {
    /// How often one term stands in a chunk, once at least.
    struct Count {
        let term: Int
        let title: Int32
        let heading: Int32
        let body: Int32
    }

    /// One chunk; its counts are `counts[range]` of the matches.
    struct Match {
        let row: Int64
        let range: Range<Int>
    }

    let totals: Postings.Totals
    /// By row.
    let matches: [Match]
    /// In the order of the matches, those of a match by term.
    let counts: [Count]
    /// Of `matches`, one range a document.
    let groups: [Range<Int>]

    init(_ postings: Postings.Gathering) {
        var merger = Merger(postings.terms)
        merger.run()
        totals = postings.totals
        matches = merger.matches
        counts = merger.counts
        groups = merger.groups
    }

    /// The row of the document that `groups[index]` is of.
    func document(ofGroup index: Int) -> Int64 {
        ChunkRow.document(of: matches[groups[index].lowerBound].row)
    }
}

/// Merges the postings of the terms, each by row, into one list by row.
private struct Merger {
    private let terms: [[Postings.Posting]]
    /// Terms that have postings left, in their order, and how many of each are done.
    private var active: [Int]
    private var done: [Int]
    private(set) var matches: [TermMatches.Match] = []
    private(set) var counts: [TermMatches.Count] = []
    private(set) var groups: [Range<Int>] = []

    init(_ terms: [[Postings.Posting]]) {
        self.terms = terms
        active = terms.indices.filter { !terms[$0].isEmpty }
        done = [Int](repeating: 0, count: terms.count)
        counts.reserveCapacity(terms.reduce(0) { $0 + $1.count })
    }

    mutating func run() {
        var start = 0
        while let row = nextRow {
            take(row)
            let last = matches.count - 1
            if ChunkRow.document(of: matches[start].row) != ChunkRow.document(of: row) {
                groups.append(start..<last)
                start = last
            }
        }
        if start < matches.count { groups.append(start..<matches.count) }
    }

    private var nextRow: Int64? {
        var next: Int64?
        for term in active {
            let row = terms[term][done[term]].row
            if next.map({ row < $0 }) ?? true { next = row }
        }
        return next
    }

    private mutating func take(_ row: Int64) {
        let start = counts.count
        var isEnded = false
        for term in active {
            let posting = terms[term][done[term]]
            guard posting.row == row else { continue }
            counts.append(
                TermMatches.Count(
                    term: term, title: posting.title, heading: posting.heading,
                    body: posting.body))
            done[term] += 1
            isEnded = isEnded || done[term] == terms[term].count
        }
        if isEnded { active.removeAll { done[$0] == terms[$0].count } }
        matches.append(TermMatches.Match(row: row, range: start..<counts.count))
    }
}

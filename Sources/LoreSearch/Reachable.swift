/// A row that may be among the best, and the most that its score can be.
struct Candidate {
    let row: Int64
    let upper: Double
}

/// Everything that may be among the best *k*, of rows whose scores are known within bounds.
///
/// The *k* rows with the highest lower bounds reach the least of these bounds. So the true *k*-th
/// best does, and a row whose upper bound stays below is not among the best, nor equal to the last.
struct Reachable {
    private var lowest: TopK
    private var kept: [Candidate] = []
    private var compactAt: Int

    /// - Parameter count: How many are wanted in the end.
    init(count: Int) {
        lowest = TopK(count: count)
        compactAt = 2 * count + 256
    }

    /// What an upper bound must reach.
    var bar: Double { lowest.cutoff }

    /// `bar` in single precision, not above it.
    var floatBar: Float { Float(bar).nextDown }

    mutating func insert(_ row: Int64, lower: Double, upper: Double) {
        guard upper >= bar else { return }
        lowest.offer(Scored(index: Int(row), score: lower))
        kept.append(Candidate(row: row, upper: upper))
        if kept.count >= compactAt { compact() }
    }

    /// Drops what has fallen below the bar.
    private mutating func compact() {
        let bar = bar
        kept.removeAll { $0.upper < bar }
        compactAt = 2 * kept.count + 256
    }

    /// What may be among the best of all parts together, highest upper bound first.
    static func candidates(of parts: [Reachable], count: Int) -> [Candidate] {
        var lowest = TopK(count: count)
        for part in parts {
            for item in part.lowest.ranking { lowest.offer(item) }
        }
        let bar = lowest.cutoff
        return parts.flatMap { $0.kept.filter { $0.upper >= bar } }.sorted { $0.upper > $1.upper }
    }
}

/// Everything that may be among the best *k* once rounding is taken away.
///
/// Single-precision products lie within `error` of the true ones. So an item of the true best *k*
/// has a rounded score of at least the rounded *k*-th best, less twice the error: those are kept, to
/// be scored again in double precision.
struct NearCandidates {
    /// Indices of what may be among the best, in no order.
    var indices: [Int] { kept.filter { $0.score >= floor }.map(\.index) }

    private var best: TopK
    private let slack: Double
    private var kept: [Scored] = []
    private var compactAt: Int

    /// - Parameters:
    ///   - count: How many are wanted in the end.
    ///   - error: How far a rounded score may lie from the true one.
    init(count: Int, error: Double) {
        best = TopK(count: count)
        slack = 2 * error
        compactAt = 2 * count + 256
    }

    private var floor: Double { best.cutoff - slack }

    /// Looks at the scores of `first`, `first + 1`, …, leaving out what `allowed` does not hold.
    mutating func insert(
        _ scores: UnsafeBufferPointer<Float>, from first: Int, allowed: RowMask?
    ) {
        var bar = Float(floor).nextDown
        for (offset, score) in scores.enumerated() where score >= bar {
            let index = first + offset
            if let allowed, !allowed[index] { continue }
            let item = Scored(index: index, score: Double(score))
            best.offer(item)
            kept.append(item)
            if kept.count >= compactAt { compact() }
            bar = Float(floor).nextDown
        }
    }

    /// Drops what has fallen below the floor.
    private mutating func compact() {
        let bar = floor
        kept.removeAll { $0.score < bar }
        compactAt = 2 * kept.count + 256
    }
}

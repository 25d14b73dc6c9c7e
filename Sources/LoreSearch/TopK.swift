/// An item with its score.
package struct Scored: Hashable, Sendable {
    /// The item's place in what was searched, from 0.
    package let index: Int
    package let score: Double

    package init(index: Int, score: Double) {
        self.index = index
        self.score = score
    }

    /// The order of a ranking: higher score first, lower index first among equals.
    package static func ranksBefore(_ left: Scored, _ right: Scored) -> Bool {
        left.score != right.score ? left.score > right.score : left.index < right.index
    }
}

/// The best *k* of the items offered so far.
///
/// Equal scores rank by index, so the result does not depend on the order of the offers.
package struct TopK: Sendable {
    /// What is wanted at most.
    package let count: Int
    /// A binary heap, its worst item at the root.
    private var heap: [Scored] = []

    /// - Precondition: `count` is positive.
    package init(count: Int) {
        precondition(count > 0, "the best \(count)")
        self.count = count
    }

    /// The score that an item must reach to be kept; minus infinity while there is room.
    package var cutoff: Double { heap.count < count ? -.infinity : heap[0].score }

    /// The items kept, best first.
    package var ranking: [Scored] { heap.sorted(by: Scored.ranksBefore) }

    /// Keeps `item` if it is among the best *k* so far.
    ///
    /// - Complexity: O(log *k*).
    package mutating func offer(_ item: Scored) {
        if heap.count < count {
            heap.append(item)
            raise(heap.count - 1)
        } else if Scored.ranksBefore(item, heap[0]) {
            heap[0] = item
            sink(0)
        }
    }

    private mutating func raise(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard Scored.ranksBefore(heap[parent], heap[child]) else { return }
            heap.swapAt(parent, child)
            child = parent
        }
    }

    private mutating func sink(_ start: Int) {
        var parent = start
        while true {
            var worst = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if Scored.ranksBefore(heap[worst], heap[child]) { worst = child }
            }
            guard worst != parent else { return }
            heap.swapAt(parent, worst)
            parent = worst
        }
    }
}

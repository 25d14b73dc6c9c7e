import LoreSearch
import TestSupport
import Testing

@Suite struct TopKTests {
    @Test func `the best three of five come best first`() {
        var best = TopK(count: 3)
        for (index, score) in [0.1, 0.9, 0.5, 0.7, 0.3].enumerated() {
            best.offer(Scored(index: index, score: score))
        }

        #expect(best.ranking.map(\.index) == [1, 3, 2])
        #expect(best.cutoff == 0.5)
    }

    @Test func `equal scores rank by index in whatever order they come`() {
        var best = TopK(count: 2)
        for index in [4, 2, 3, 0, 1] { best.offer(Scored(index: index, score: 1)) }

        #expect(best.ranking.map(\.index) == [0, 1])
    }

    @Test func `while there is room nothing is cut off`() {
        var best = TopK(count: 2)
        best.offer(Scored(index: 0, score: -5))

        #expect(best.cutoff == -.infinity)
        #expect(best.ranking.count == 1)
    }

    @Test(arguments: [1, 2, 7, 64, 500])
    func `the result equals a full sort`(_ count: Int) {
        var random = SeededRandom(seed: 11)
        // Few distinct scores, so that ties occur.
        let items = (0..<300).map { Scored(index: $0, score: Double(random.next() % 40)) }

        var best = TopK(count: count)
        for item in items.shuffled(using: &random) { best.offer(item) }

        let sorted = items.sorted(by: Scored.ranksBefore).prefix(count)
        #expect(best.ranking == Array(sorted), "seed 11, count \(count)")
    }
}

import LoreSearch
import Testing

@Suite struct RetrievalMetricsTests {
    @Test func `figures of a small ranking equal those worked out by hand`() {
        let ranking = ranked(["a": 4, "b": 3, "c": 2, "d": 1])

        let metrics = RetrievalMetrics(of: ranking, judgements: ["b": 2, "d": 1, "e": 1])

        // gain 2/log2(3) + 1/log2(5) = 1.261860 + 0.430677; best 2 + 1/log2(3) + 1/2 = 3.130930
        #expect(abs(metrics.ndcg10 - 0.540586) < 1e-6)
        #expect(metrics.recall10 == 2.0 / 3)
        #expect(metrics.recall100 == 2.0 / 3)
        #expect(metrics.mrr10 == 0.5)
    }

    @Test func `equal scores rank by id, the last first`() {
        let order = RetrievalMetrics.order(ranked(["a": 1, "c": 1, "b": 1, "z": 0]))

        #expect(order.map(\.id) == ["c", "b", "a", "z"])
    }

    @Test func `scores that single precision cannot tell apart are equal`() {
        let order = RetrievalMetrics.order(ranked(["a": 1 + 1e-9, "b": 1]))

        #expect(order.map(\.id) == ["b", "a"])
    }

    @Test func `a relevant document at rank eleven counts for recall100 alone`() {
        let ids = (0..<11).map { "d\($0 + 10)" }
        let ranking = ids.enumerated().map { RankedDocument(id: $1, score: Double(-$0)) }

        let metrics = RetrievalMetrics(of: ranking, judgements: ["d20": 1])

        #expect(metrics == RetrievalMetrics(ndcg10: 0, recall10: 0, recall100: 1, mrr10: 0))
    }

    @Test func `a query without a relevant document scores zero`() {
        #expect(RetrievalMetrics(of: ranked(["a": 1]), judgements: ["a": 0]) == .zero)
    }

    @Test func `the mean counts each query once`() {
        let one = RetrievalMetrics(ndcg10: 1, recall10: 1, recall100: 1, mrr10: 1)

        let mean = RetrievalMetrics.mean([one, .zero, .zero, one])

        #expect(mean == RetrievalMetrics(ndcg10: 0.5, recall10: 0.5, recall100: 0.5, mrr10: 0.5))
        #expect(RetrievalMetrics.mean([]) == .zero)
    }

    @Test(arguments: GoldenMetrics.cases.indices)
    func `figures agree with those of trec_eval to four decimals`(_ index: Int) throws {
        let golden = GoldenMetrics.cases[index]
        let run = try pairs(golden.run).map { RankedDocument(id: $0.0, score: $0.1) }
        let judgements = Dictionary(
            uniqueKeysWithValues: try pairs(golden.judgements).map { ($0.0, Int($0.1)) })

        let metrics = RetrievalMetrics(of: run.reversed(), judgements: judgements)

        #expect(abs(metrics.ndcg10 - golden.ndcg10) < 5e-5)
        #expect(abs(metrics.recall10 - golden.recall10) < 5e-5)
        #expect(abs(metrics.recall100 - golden.recall100) < 5e-5)
        #expect(abs(metrics.mrr10 - golden.mrr10) < 5e-5)
    }

    private func ranked(_ scores: [String: Double]) -> [RankedDocument] {
        scores.map { RankedDocument(id: $0.key, score: $0.value) }
    }

    private func pairs(_ text: String) throws -> [(String, Double)] {
        try text.split(whereSeparator: \.isWhitespace).map { pair in
            let parts = pair.split(separator: "=")
            return (String(parts[0]), try #require(Double(parts[1])))
        }
    }
}

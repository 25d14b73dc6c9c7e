import Foundation
import LoreCore
import LoreSearch
import Testing

@Suite struct RerankingTests {
    private func chunk(_ row: Int64, _ cosine: Double) -> RankedChunk {
        var evidence = RankingEvidence()
        evidence.semantic = [VectorMatch(row: row, document: row * 10, cosine: cosine)]
        return RankFusion(weights: .semantic).ranking(evidence)[0]
    }

    @Test func `the judgement counts half, and moves a chunk up`() {
        let ranked = Reranking(depth: 2, weight: 0.5)
            .ranking([chunk(1, 0.8), chunk(2, 0.6), chunk(3, 0.4)], logits: [0, log(3)])

        // σ(0) = 1/2 and σ(ln 3) = 3/4.
        #expect(ranked.map(\.row) == [2, 1, 3])
        #expect(abs(ranked[0].score - (0.3 + 0.375)) < 1e-12)
        #expect(abs(ranked[1].score - (0.4 + 0.25)) < 1e-12)
        #expect(abs(ranked[2].score - 0.2) < 1e-12)
        let part = ranked[0].explanation[1]
        #expect(part.signal == "rerank" && part.rank == 1 && part.weight == 0.5)
        #expect(abs(part.raw - log(3)) < 1e-12)
        #expect(ranked[2].explanation[1].rank == nil)
        #expect(ranked[2].explanation[1].contribution == 0)
    }

    @Test func `parts sum to the score, and the unjudged keep their order below the judged`() {
        var generator = SeededGenerator(seed: 20_261_125)
        for _ in 0..<200 {
            let scores = (0..<12).map { _ in Double.random(in: -0.2...1, using: &generator) }
                .sorted(by: >)
            let chunks = scores.enumerated().map { chunk(Int64($0 + 1), $1) }
            let logits = (0..<7).map { _ in Double.random(in: -12...12, using: &generator) }

            let ranked = Reranking(depth: 7, weight: 0.5).ranking(chunks, logits: logits)

            #expect(Set(ranked.prefix(7).map(\.row)) == Set(1...7))
            #expect(ranked.suffix(5).map(\.row) == [8, 9, 10, 11, 12])
            #expect(ranked.map(\.score) == ranked.map(\.score).sorted(by: >))
            for chunk in ranked {
                #expect(chunk.score == chunk.explanation.reduce(0) { $0 + $1.contribution })
            }
        }
    }

    @Test func `equal judgements of equals are ranked by row`() {
        let ranked = Reranking.standard.ranking([chunk(2, 0.5), chunk(1, 0.5)], logits: [1, 1])

        #expect(ranked.map(\.row) == [1, 2])
    }

    @Test func `a logit beyond every exponential counts nothing or all`() {
        let ranked = Reranking.standard.ranking([chunk(1, 0), chunk(2, 0)], logits: [-1e4, 1e4])

        #expect(ranked.map(\.row) == [2, 1])
        #expect(ranked.map(\.score) == [0.5, 0])
    }
}

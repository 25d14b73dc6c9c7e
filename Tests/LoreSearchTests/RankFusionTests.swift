import LoreCore
import LoreSearch
import TestSupport
import Testing

@Suite struct RankFusionTests {
    /// Chunks 11 and 12 of note 1, chunk 21 of note 2; 12 has no word, 21 is not among the nearest.
    private static let evidence: RankingEvidence = {
        var evidence = RankingEvidence()
        evidence.semantic = [
            VectorMatch(row: 12, document: 1, cosine: 0.8),
            VectorMatch(row: 11, document: 1, cosine: 0.5),
        ]
        evidence.otherCosines = [21: 0.25]
        evidence.lexical = [
            LexicalMatch(row: 21, document: 2, bm25: 6),
            LexicalMatch(row: 11, document: 1, bm25: 3),
        ]
        evidence.notes = [1: 2, 2: 4]
        evidence.lexicalCeiling = 12
        evidence.noteCeiling = 8
        return evidence
    }()

    @Test func `scores are the weighted sum of cosine and of BM25 over its ceiling`() {
        let weights = RankingWeights(cosine: 0.5, bm25: 0.25, noteBM25: 0.25)

        let ranking = RankFusion(weights: weights).ranking(Self.evidence)

        // 12: 0.5·0.8 + 0.25·2/8; 11: 0.5·0.5 + 0.25·3/12 + 0.25·2/8; 21: 0.5·0.25 + 0.25·6/12 + 0.25·4/8
        #expect(ranking.map(\.row) == [12, 11, 21])
        #expect(ranking.map(\.score) == [0.4625, 0.375, 0.375])
        #expect(ranking.map(\.document) == [1, 1, 2])
    }

    @Test func `an explanation names every signal with its rank, and none where it found nothing`()
    {
        let weights = RankingWeights(cosine: 0.5, bm25: 0.25, noteBM25: 0.25)

        let ranking = RankFusion(weights: weights).ranking(Self.evidence)

        #expect(
            ranking[0].explanation == [
                part("cosine", 1, 0.8, 0.5, 0.4), part("bm25", nil, 0, 0.25, 0),
                part("note_bm25", 2, 2, 0.25, 0.0625),
            ])
        #expect(
            ranking[2].explanation == [
                part("cosine", nil, 0.25, 0.5, 0.125), part("bm25", 1, 6, 0.25, 0.125),
                part("note_bm25", 1, 4, 0.25, 0.125),
            ])
    }

    @Test func `a signal without weight neither ranks nor finds`() {
        let semantic = RankFusion(weights: .semantic).ranking(Self.evidence)
        let lexical = RankFusion(weights: .lexical).ranking(Self.evidence)

        #expect(semantic.map(\.row) == [12, 11])
        #expect(semantic.map(\.score) == [0.8, 0.5])
        #expect(semantic[0].explanation.map(\.signal) == ["cosine"])
        #expect(lexical.map(\.row) == [21, 11])
        #expect(lexical[0].explanation.map(\.signal) == ["bm25", "note_bm25"])
    }

    @Test func `a query that finds no word ranks by meaning alone`() {
        var evidence = Self.evidence
        evidence.lexical = []
        evidence.notes = [:]
        evidence.lexicalCeiling = 0
        evidence.noteCeiling = 0

        let ranking = RankFusion(weights: .hybrid).ranking(evidence)

        #expect(ranking.map(\.row) == [12, 11])
        #expect(ranking.allSatisfy { $0.score.isFinite })
    }

    @Test func `without evidence there is no ranking`() {
        #expect(RankFusion(weights: .hybrid).ranking(RankingEvidence()).isEmpty)
    }

    @Test(arguments: [RankingWeights.hybrid, .lexical, .semantic])
    func `weights sum to one`(_ weights: RankingWeights) {
        #expect(abs(weights.cosine + weights.bm25 + weights.noteBM25 - 1) < 1e-12)
    }

    @Test(arguments: 0..<20)
    func `parts sum to the score, and the order of the candidates does not matter`(_ seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        var evidence = RankingEvidence()
        evidence.semantic = (0..<30).map {
            VectorMatch(row: $0, document: $0 / 4, cosine: Double($0 % 5) / 5)
        }
        evidence.lexical = (20..<50).map {
            LexicalMatch(row: $0, document: $0 / 4, bm25: Double.random(in: 0...9, using: &random))
        }
        evidence.notes = Dictionary(
            uniqueKeysWithValues: (0..<12).map { ($0, Double.random(in: 0...9, using: &random)) })
        evidence.lexicalCeiling = 20
        evidence.noteCeiling = 20

        let ranking = RankFusion(weights: .hybrid).ranking(evidence)

        for chunk in ranking {
            let sum = chunk.explanation.reduce(0) { $0 + $1.contribution }
            #expect(sum == chunk.score, "seed \(seed)")
        }
        #expect(Set(ranking.map(\.row)) == Set(0..<50), "seed \(seed)")
        let order = ranking.sorted { ($1.score, $0.row) < ($0.score, $1.row) }
        #expect(ranking == order, "seed \(seed)")
        #expect(ranking == RankFusion(weights: .hybrid).ranking(evidence), "seed \(seed)")
    }

    @Test func `two hundred of each list are looked at, more for a longer result`() {
        #expect(RankingWeights.depth(for: 10) == 200)
        #expect(RankingWeights.depth(for: 100) == 400)
    }

    private func part(
        _ signal: String, _ rank: Int?, _ raw: Double, _ weight: Double, _ contribution: Double
    ) -> SignalContribution {
        SignalContribution(
            signal: signal, rank: rank, raw: raw, weight: weight, contribution: contribution)
    }
}

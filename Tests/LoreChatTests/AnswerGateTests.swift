import LoreChat
import LoreCore
import Testing

@Suite struct AnswerGateTests {
    @Test func `confidence is the logistic function of cosine and coverage`() {
        var settings = GateSettings()
        settings.bias = -3
        settings.cosineWeight = 4
        settings.coverageWeight = 2
        let gate = AnswerGate(settings: settings)

        // -3 + 4 · 0.5 + 2 · 0.5 = 0
        #expect(gate.verdict(GateEvidence(cosine: 0.5, coverage: 0.5)).confidence == 0.5)
        // -3 + 4 · 0.25 + 0 = -2; 1 / (1 + e²) = 0.119203
        let low = gate.verdict(GateEvidence(cosine: 0.25, coverage: 0))
        #expect(abs(low.confidence - 0.119203) < 1e-6)
    }

    @Test func `a question is answered from the threshold on`() {
        var settings = GateSettings()
        settings.bias = 0
        settings.cosineWeight = 0
        settings.coverageWeight = 0
        settings.threshold = 0.5
        #expect(AnswerGate(settings: settings).verdict(.init(cosine: 1, coverage: 1)).answers)
        settings.threshold = 0.51
        #expect(!AnswerGate(settings: settings).verdict(.init(cosine: 1, coverage: 1)).answers)
    }

    @Test func `a passage with the question's words and meaning is answered from, others are not`()
    {
        let gate = AnswerGate()

        #expect(gate.verdict(GateEvidence(cosine: 0.65, coverage: 0.8)).answers)
        #expect(!gate.verdict(GateEvidence(cosine: 0.25, coverage: 0.3)).answers)
        #expect(gate.verdict(GateEvidence(cosine: nil, coverage: 0.9)).answers)
        #expect(!gate.verdict(GateEvidence(cosine: nil, coverage: 0.2)).answers)
        #expect(!GateVerdict.nothing.answers)
    }

    @Test func `more of either evidence never lowers confidence`() {
        let gate = AnswerGate()
        let steps = stride(from: 0.0, through: 1, by: 0.1)
        for fixed in steps {
            let byCosine = steps.map {
                gate.verdict(GateEvidence(cosine: $0, coverage: fixed)).confidence
            }
            let byCoverage = steps.map {
                gate.verdict(GateEvidence(cosine: fixed, coverage: $0)).confidence
            }
            #expect(byCosine == byCosine.sorted() && byCoverage == byCoverage.sorted())
        }
    }

    @Test func `coverage is the weight of the terms found, over that of all and of the doubt`() {
        let terms = [
            QuestionTerm(text: "Limits", weight: 1), QuestionTerm(text: "rate", weight: 2),
            QuestionTerm(text: "café", weight: 3), QuestionTerm(text: "quota", weight: 4),
        ]
        let passage = hit(title: "API", heading: ["Rate limit"], text: "The Cafe’s menu")

        let evidence = GateEvidence(
            terms: terms, passage: passage, cosine: 0.4, nearest: 0.4, doubt: 2)

        // Limits by a heading, rate by a heading, café by the text: (1 + 2 + 3) / (10 + 2)
        #expect(evidence == GateEvidence(cosine: 0.4, coverage: 0.5))
    }

    @Test func `the best passage and the nearest one count alike`() {
        func cosine(_ best: Double?, nearest: Double?) -> Double? {
            GateEvidence(
                terms: [], passage: hit(text: ""), cosine: best, nearest: nearest, doubt: 0
            ).cosine
        }

        #expect(cosine(0.25, nearest: 0.75) == 0.5)
        #expect(cosine(0.25, nearest: nil) == 0.25)
        #expect(cosine(nil, nearest: 0.75) == nil)
    }

    @Test func `a question of one word, found, says less than one of five`() {
        func coverage(_ words: String) -> Double {
            let terms = words.split(separator: " ").map {
                QuestionTerm(text: String($0), weight: 4)
            }
            return GateEvidence(
                terms: terms, passage: hit(text: words), cosine: nil, nearest: nil, doubt: 4
            ).coverage
        }

        #expect(coverage("cabbage") == 0.5)
        #expect(coverage("why does red cabbage fade") == 5.0 / 6)
    }

    @Test func `a run of characters of a script without blanks is found within a sentence`() {
        let terms = [QuestionTerm(text: "東 京", weight: 1), QuestionTerm(text: "大阪", weight: 1)]

        let evidence = GateEvidence(
            terms: terms, passage: hit(title: "", text: "今日は東京へ行く"), cosine: nil,
            nearest: nil, doubt: 2)

        #expect(evidence.coverage == 0.25)
    }

    @Test func `a phrase adds nothing to the coverage of its words`() {
        let terms = [
            QuestionTerm(text: "foo", weight: 1), QuestionTerm(text: "bar", weight: 1),
            QuestionTerm(text: "foo bar", weight: 5),
        ]

        func coverage(_ terms: [QuestionTerm]) -> Double {
            GateEvidence(
                terms: terms, passage: hit(text: "foo"), cosine: nil, nearest: nil, doubt: 2
            ).coverage
        }

        #expect(coverage(terms) == 0.25)
        #expect(coverage([]) == 0)
    }
}

package import Lore
import LoreCore

/// `eval --json`.
package struct EvaluationBody: Encodable, Sendable {
    struct Modes: Encodable, Sendable {
        let hybrid: Ranking?
        let lexical: Ranking?
        let semantic: Ranking?
    }

    struct Ranking: Encodable, Sendable {
        enum CodingKeys: String, CodingKey {
            case ndcg10 = "ndcg@10"
            case recall10 = "recall@10"
            case recall100 = "recall@100"
            case mrr10 = "mrr@10"
        }

        let ndcg10: Double
        let recall10: Double
        let recall100: Double
        let mrr10: Double

        init(_ figures: RankingFigures) {
            ndcg10 = figures.ndcg10
            recall10 = figures.recall10
            recall100 = figures.recall100
            mrr10 = figures.mrr10
        }
    }

    struct Comparison: Encodable {
        let mode: String
        let baseline: String
        let unranked: Int
        let figures: [String: Figure]
    }

    struct Figure: Encodable {
        let value: Double
        let baseline: Double
        let difference: Double
        let interval: [Double]
        let p: Double
        let wins: Int
        let ties: Int
        let losses: Int

        init(_ figure: FigureComparison) {
            value = figure.value
            baseline = figure.baseline
            difference = figure.difference
            interval = [figure.interval.lowerBound, figure.interval.upperBound]
            p = figure.p
            wins = figure.wins
            ties = figure.ties
            losses = figure.losses
        }
    }

    struct Answers: Encodable, Sendable {
        let questions: Int
        let firstSentence: Double
        let threeSentences: Double
    }

    struct Refusal: Encodable, Sendable {
        let answerable: Int
        let unanswerable: Int
        let refusedOfUnanswerable: Double
        let refusedOfAnswerable: Double
        let auroc: Double
    }

    struct FollowUp: Encodable, Sendable {
        let turns: Int
        let lastTurn: Double
        let standalone: Double
    }

    let set: String
    let documents: Int
    let queries: Int
    let modes: Modes
    /// Lower and upper end by measure, by mode.
    let intervals: [String: [String: [Double]]]
    let comparison: Comparison?
    let answers: Answers?
    let refusal: Refusal?
    let followUp: FollowUp?
    let tookMs: Double

    package init(_ report: EvaluationReport) {
        set = report.set
        documents = report.documents
        queries = report.queries
        modes = Modes(
            hybrid: report.modes[.hybrid].map(Ranking.init),
            lexical: report.modes[.lexical].map(Ranking.init),
            semantic: report.modes[.semantic].map(Ranking.init))
        intervals = Self.intervals(report.modes)
        comparison = report.comparison.map(Comparison.init)
        answers = report.answers.map {
            Answers(
                questions: $0.questions, firstSentence: $0.firstSentence,
                threeSentences: $0.threeSentences)
        }
        refusal = report.refusal.map {
            Refusal(
                answerable: $0.answerable, unanswerable: $0.unanswerable,
                refusedOfUnanswerable: $0.refusedOfUnanswerable,
                refusedOfAnswerable: $0.refusedOfAnswerable, auroc: $0.auroc)
        }
        followUp = report.followUp.map {
            FollowUp(turns: $0.turns, lastTurn: $0.lastTurn, standalone: $0.standalone)
        }
        tookMs = report.took.wireMilliseconds
    }
}

extension EvaluationBody {
    private static func intervals(
        _ modes: [SearchMode: RankingFigures]
    ) -> [String: [String: [Double]]] {
        named(modes) { named($0.intervals) { [$0.lowerBound, $0.upperBound] } }
    }

    /// Keys as JSON spells them.
    fileprivate static func named<Key: RawRepresentable<String>, Value, Body>(
        _ values: [Key: Value], _ body: (Value) -> Body
    ) -> [String: Body] {
        Dictionary(uniqueKeysWithValues: values.map { ($0.key.rawValue, body($0.value)) })
    }
}

extension EvaluationBody.Comparison {
    fileprivate init(_ comparison: BaselineComparison) {
        mode = comparison.mode.rawValue
        baseline = comparison.file
        unranked = comparison.unranked
        figures = EvaluationBody.named(comparison.figures, EvaluationBody.Figure.init)
    }
}

/// A line of `eval --answers FILE`.
package struct RecordedAnswerBody: Encodable, Sendable {
    enum CodingKeys: String, CodingKey { case id = "_id", state, confidence, sentences }

    let id: String
    let state: String
    let confidence: Double
    let sentences: [String]

    package init(_ answer: RecordedAnswer) {
        id = answer.id
        state = answer.state.rawValue
        confidence = answer.confidence
        sentences = answer.sentences
    }
}

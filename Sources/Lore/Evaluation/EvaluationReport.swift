public import LoreCore
import LoreSearch

/// Means over a set's questions, each between 0 and 1.
public struct RankingFigures: Sendable, Hashable {
    public let ndcg10: Double
    public let recall10: Double
    public let recall100: Double
    public let mrr10: Double
    /// Between which ends each mean lies for 95 of 100 draws of the questions; none where no
    /// question is judged.
    public let intervals: [RankingMeasure: ClosedRange<Double>]
}

extension RankingFigures {
    init(_ metrics: [RetrievalMetrics], _ resampling: Resampling) {
        let mean = RetrievalMetrics.mean(metrics)
        let bootstrap = MeanBootstrap(resampling)
        let measures = metrics.isEmpty ? [] : RankingMeasure.allCases
        self.init(
            ndcg10: mean.ndcg10, recall10: mean.recall10, recall100: mean.recall100,
            mrr10: mean.mrr10,
            intervals: Dictionary(
                uniqueKeysWithValues: measures.map {
                    ($0, bootstrap.interval($0.values(metrics)))
                }))
    }

    /// The mean that `measure` names.
    public subscript(measure: RankingMeasure) -> Double {
        switch measure {
        case .ndcg10: ndcg10
        case .recall10: recall10
        case .recall100: recall100
        case .mrr10: mrr10
        }
    }
}

/// How often the answerer's sentences hold a gold answer.
public struct AnswerFigures: Sendable, Hashable {
    public let questions: Int
    /// Share whose first sentence holds one.
    public let firstSentence: Double
    /// Share of which one of the first three does.
    public let threeSentences: Double
}

/// How well the gate tells questions that the notes answer from those they do not.
public struct RefusalFigures: Sendable, Hashable {
    public let answerable: Int
    public let unanswerable: Int
    /// Shares refused at the default setting.
    public let refusedOfUnanswerable: Double
    public let refusedOfAnswerable: Double
    /// Area under the ROC curve over the confidence.
    public let auroc: Double
}

/// How well turns of conversations are found that have others before them.
public struct FollowUpFigures: Sendable, Hashable {
    /// Judged questions with a history.
    public let turns: Int
    /// Recall@10 by their own words.
    public let lastTurn: Double
    /// Recall@10 as lore makes them stand alone.
    public let standalone: Double
}

/// What an evaluation found.
public struct EvaluationReport: Sendable {
    public let set: String
    public let documents: Int
    /// Judged questions.
    public let queries: Int
    public let modes: [SearchMode: RankingFigures]
    /// Of the first mode with the run that was asked for.
    public let comparison: BaselineComparison?
    public let answers: AnswerFigures?
    public let refusal: RefusalFigures?
    /// Of the first mode; nil where no question has a history.
    public let followUp: FollowUpFigures?
    public let took: Duration
    /// What a person should know besides, one sentence each.
    public let notices: [String]
}

/// A line of a TREC run: one document of a question's ranking.
public struct RunLine: Sendable, Hashable {
    public let question: String
    public let document: String
    /// From 1.
    public let rank: Int
    public let score: Double
}

/// What the extractive answerer said to a question of the set.
public struct RecordedAnswer: Sendable, Hashable {
    public let id: String
    public let state: AnswerState
    public let confidence: Double
    /// Best first.
    public let sentences: [String]
}

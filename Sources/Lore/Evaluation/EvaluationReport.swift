public import LoreCore

/// Means over a set's questions, each between 0 and 1.
public struct RankingFigures: Sendable, Hashable {
    public let ndcg10: Double
    public let recall10: Double
    public let recall100: Double
    public let mrr10: Double
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

/// What an evaluation found.
public struct EvaluationReport: Sendable {
    public let set: String
    public let documents: Int
    /// Judged questions.
    public let queries: Int
    public let modes: [SearchMode: RankingFigures]
    public let answers: AnswerFigures?
    public let refusal: RefusalFigures?
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

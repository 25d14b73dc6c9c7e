public import LoreCore
import LoreSearch

/// How a figure over all questions differs from that of another setting.
public struct FigureComparison: Sendable, Hashable {
    public let value: Double
    public let baseline: Double
    /// The mean of the questions' differences, above 0 where lore is the better one.
    public let difference: Double
    /// The 95 % bootstrap interval of `difference`.
    public let interval: ClosedRange<Double>
    /// The chance of a difference as large, either way, were the two equally good.
    public let p: Double
    /// Questions on which lore does better, as well, and worse.
    public let wins: Int
    public let ties: Int
    public let losses: Int

    init(_ comparison: PairedComparison) {
        value = comparison.value
        baseline = comparison.baseline
        difference = comparison.difference
        interval = comparison.interval
        p = comparison.p
        wins = comparison.wins
        ties = comparison.ties
        losses = comparison.losses
    }
}

/// How a mode's ranking compares with that of another run, question by question.
public struct BaselineComparison: Sendable {
    /// The mode compared.
    public let mode: SearchMode
    /// The other run.
    public let file: String
    /// Judged questions for which the other run ranks nothing; there it counts as 0.
    public let unranked: Int
    public let figures: [RankingMeasure: FigureComparison]
}

extension BaselineComparison {
    init(
        _ metrics: [RetrievalMetrics], mode: SearchMode, baseline: BaselineRun,
        _ set: EvaluationSet, _ resampling: Resampling
    ) {
        let others = baseline.metrics(set)
        self.mode = mode
        file = baseline.file
        unranked = set.judgedQuestions.count { baseline.rankings[$0.id] == nil }
        figures = Dictionary(
            uniqueKeysWithValues: RankingMeasure.allCases.map { measure in
                let comparison = PairedComparison(
                    measure.values(metrics), against: measure.values(others), resampling)
                return (measure, FigureComparison(comparison))
            })
    }
}

import LoreChat
import LoreCore
import LoreSearch

extension Evaluator {
    /// How well the turns of conversations are found; nil where the set has none.
    func followUp(_ mode: SearchMode, _ meanings: EvaluationMeanings?) throws -> FollowUpFigures? {
        let turns = set.judgedQuestions.filter { !$0.history.isEmpty }
        guard !turns.isEmpty else { return nil }
        let bare = turns.map { StandaloneQuestion($0.text) }
        let lastTurn = try metrics(of: turns, asked: bare, mode, meanings)
        let standalone = try metrics(of: turns, asked: turns.map(\.standalone), mode, meanings)
        return FollowUpFigures(
            turns: turns.count, lastTurn: RetrievalMetrics.mean(lastTurn).recall10,
            standalone: RetrievalMetrics.mean(standalone).recall10)
    }

    private func metrics(
        of turns: [EvaluationSet.Question], asked: [StandaloneQuestion], _ mode: SearchMode,
        _ meanings: EvaluationMeanings?
    ) throws -> [RetrievalMetrics] {
        judged(turns, try rankings(of: turns, asked: asked, mode, meanings))
    }
}

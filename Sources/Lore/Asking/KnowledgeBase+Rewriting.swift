import LoreChat
import LoreCore

/// A question as it is searched for.
struct RewrittenQuestion: Sendable {
    let standalone: StandaloneQuestion
    /// What a person should know besides, one sentence each.
    var notices: [String] = []
}

extension KnowledgeBase {
    /// `question` with what it needs of the turns before it.
    ///
    /// The utility model writes it, where none is set the one that answers; the built-in answerer has
    /// it done without a model, as is done where the model fails.
    ///
    /// - Parameters:
    ///   - question: The user's own words.
    ///   - turns: The newest last. The model is sent the last questions and the last answer of
    ///     these: what must not reach it is to be left out.
    ///   - model: The model that answers.
    ///   - purse: What it is paid from.
    /// - Returns: The question as it is where `turns` is empty.
    /// - Throws: As `ask` does where the model cannot be named; `CancellationError`.
    func standalone(
        _ question: String, after turns: [ConversationTurn], answeredBy model: String,
        from purse: CostLedger.Purse = CostLedger.Purse(limit: nil)
    ) async throws -> RewrittenQuestion {
        let earlier = turns.map { EarlierTurn(question: $0.question, answer: $0.answer) }
        let name = configuration.utilityModel ?? model
        guard name != Configuration.extractive, !earlier.isEmpty else {
            return RewrittenQuestion(
                standalone: QuestionRewriter().standalone(question, after: earlier))
        }
        var model = try accounted(name, for: .rewrite, purse, usesKeptReplies: true)
        model.origins = turns.last?.origins ?? []
        let rewrite = try await ModelRewriter().rewrite(question, after: earlier, by: model)
        return RewrittenQuestion(
            standalone: rewrite.question, notices: rewrite.notice.map { [$0] } ?? [])
    }
}

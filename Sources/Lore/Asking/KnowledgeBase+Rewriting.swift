import LoreChat
import LoreCore
import LoreProviders

/// A question as it is searched for, and what making it so took.
struct RewrittenQuestion: Sendable {
    let standalone: StandaloneQuestion
    /// The model that was asked, its tokens, and US dollars where its price is known; nil where none
    /// was, or where its request did not come to an end.
    var spent: (model: String, usage: TokenUsage, cost: Double?)?
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
    /// - Returns: The question as it is where `turns` is empty.
    /// - Throws: As `ask` does where the model cannot be named; `CancellationError`.
    func standalone(
        _ question: String, after turns: [ConversationTurn], answeredBy model: String
    ) async throws -> RewrittenQuestion {
        let earlier = turns.map { EarlierTurn(question: $0.question, answer: $0.answer) }
        let name = configuration.utilityModel ?? model
        guard name != Configuration.extractive, !earlier.isEmpty else {
            return RewrittenQuestion(
                standalone: QuestionRewriter().standalone(question, after: earlier))
        }
        let model = try models.remote.chatModel(named: name)
        let rewrite = try await ModelRewriter().rewrite(question, after: earlier, by: model)
        return RewrittenQuestion(
            standalone: rewrite.question,
            spent: rewrite.usage.map { (model.name, $0, model.profile.prices?.cost(of: $0)) },
            notices: rewrite.notice.map { [$0] } ?? [])
    }
}

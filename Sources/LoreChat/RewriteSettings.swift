/// How much of earlier turns is searched for beside a question, where the question counts 1.
///
/// Chosen on real conversations, on the same questions behind conversations about something else, and
/// on sets of questions that stand alone; see `docs/RETRIEVAL.md`.
package struct RewriteSettings: Hashable, Sendable {
    /// Earlier turns that are looked at.
    package var turns = 4
    /// Of the question before, for one that needs it fully.
    package var questionWeight = 0.4
    /// Of each question before that, beside the one that follows it.
    package var decay = 0.6
    /// Of the beginning of the last answer.
    package var answerWeight = 0.1
    /// Words of the last answer that count; its beginning says what it is about.
    package var answerWords = 40
    /// Telling words of a question up to which it needs its predecessors fully.
    ///
    /// Beyond, the need falls with the square of their number.
    package var fewWords = 3
    /// What is left of the need where nothing ties a question to the turns before.
    package var unlinkedShare = 0.5
    /// Need below which a question stands alone.
    package var leastNeed = 0.2
    /// Words of earlier turns that are shown behind a question.
    package var shownWords = 8
    /// Weight from which a text's words are shown.
    package var shownWeight = 0.1
    /// Characters of a model's rewrite: more is an answer and not a question.
    package var longestRewrite = 400
    /// Room for a model's rewrite, in tokens: some think before they write.
    package var rewriteTokens = 1_000
    /// Characters of each earlier question and of the last answer that a model reads.
    package var quotedCharacters = 1_000

    package static let standard = RewriteSettings()

    package init() {}
}

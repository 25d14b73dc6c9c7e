package import LoreCore

/// Puts turns of a conversation into a few words.
package protocol Summarizer: Sendable {
    /// A summary of `turns`, and of what `earlier` stands for, that has no more than `tokens` tokens.
    ///
    /// - Precondition: `turns` is not empty.
    /// - Throws: `CancellationError`.
    func summary(
        of turns: [ConversationTurn], after earlier: ConversationSummary?, tokens: Int,
        count: TokenCount
    ) async throws -> ConversationSummary
}

/// Keeps the sentences of answers that tell most, word for word, each with its places in the notes.
package struct ExtractiveSummarizer: Summarizer {
    /// What made a summary that no model made.
    package static let name = "extractive"

    package init() {}

    package func summary(
        of turns: [ConversationTurn], after earlier: ConversationSummary?, tokens: Int,
        count: TokenCount
    ) -> ConversationSummary {
        precondition(!turns.isEmpty, "a summary of no turns")
        let said = turns.flatMap { TellingSentences.sentences(of: CitedAnswer($0).withPlaces) }
        return ConversationSummary(
            lastNumber: turns[turns.count - 1].number, model: Self.name,
            text: chosen(lines(of: earlier) + said, tokens, count))
    }

    /// `summary` in no more than `tokens` tokens.
    func shortened(
        _ summary: ConversationSummary, tokens: Int, count: TokenCount
    ) -> ConversationSummary {
        ConversationSummary(
            lastNumber: summary.lastNumber, model: summary.model,
            text: chosen(lines(of: summary), tokens, count))
    }

    private func lines(of summary: ConversationSummary?) -> [String] {
        guard let summary else { return [] }
        return summary.text.split(whereSeparator: \.isNewline).flatMap {
            TellingSentences.sentences(of: String($0))
        }
    }

    private func chosen(_ lines: [String], _ tokens: Int, _ count: TokenCount) -> String {
        let limit = count.bytes(in: tokens)
        return TellingSentences.chosen(lines, toBytes: limit).joined(separator: "\n")
    }
}

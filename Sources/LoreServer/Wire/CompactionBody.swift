package import Lore
import LoreCore

/// `/compact` of `chat --json`.
package struct CompactionBody: Encodable, Sendable {
    let conversationId: String
    let summary: SummaryBody
    let tokens: Int
    let tokensBefore: Int
    let costUsd: Double

    package init(_ compaction: Compaction) {
        conversationId = compaction.conversationID
        summary = SummaryBody(compaction.summary)
        tokens = compaction.tokens
        tokensBefore = compaction.tokensBefore
        costUsd = compaction.cost
    }
}

/// A summary of the turns of a conversation up to the last that it stands for.
struct SummaryBody: Encodable, Sendable {
    let lastTurn: Int
    let model: String
    let text: String

    init(_ summary: ConversationSummary) {
        lastTurn = summary.lastNumber
        model = summary.model
        text = summary.text
    }
}

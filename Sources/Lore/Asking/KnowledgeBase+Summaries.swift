public import LoreCore
import LoreStore

extension KnowledgeBase {
    /// The last summary of a conversation, and the turns behind it.
    ///
    /// - Parameter id: The conversation's id, or the beginning of it that no other has.
    /// - Returns: The summary with the turns that it stands for, in their order; nil where there is none.
    /// - Throws: `KnowledgeBaseError.unknownConversation`, `.ambiguousID`.
    public func expanded(
        conversation id: String
    ) throws -> (summary: ConversationSummary, turns: [ConversationTurn])? {
        let (id, turns) = try turns(ofConversation: id)
        let summaries = try opened.reader().read { try $0.summaries(ofConversation: id) }
        return summaries.last.map { summary in
            (summary, turns.filter { $0.number <= summary.lastNumber })
        }
    }
}

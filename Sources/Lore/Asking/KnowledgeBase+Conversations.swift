public import LoreCore
import LoreStore

extension KnowledgeBase {
    /// The conversations, the last asked first; `words`, where given, stand in one of their turns.
    public func conversations(with words: String? = nil) throws -> [Conversation] {
        try opened.reader().read { try $0.conversations(with: words) }
    }

    /// The turns of a conversation, in their order.
    ///
    /// - Parameter id: Its id, or the beginning of it that no other has.
    /// - Returns: The whole id, and the turns.
    /// - Throws: `KnowledgeBaseError.unknownConversation`, `.ambiguousID`.
    public func turns(
        ofConversation id: String
    ) throws -> (id: String, turns: [ConversationTurn]) {
        let id = try conversationID(id)
        return (id, try opened.reader().read { try $0.turns(ofConversation: id) })
    }

    /// Forgets a conversation with its answers, for good; what it cost stays in the account.
    ///
    /// - Parameter id: Its id, or the beginning of it that no other has.
    /// - Returns: The whole id.
    /// - Throws: `KnowledgeBaseError.unknownConversation`, `.ambiguousID`, `StoreError`.
    @discardableResult
    public func deleteConversation(_ id: String) throws -> String {
        let id = try conversationID(id)
        try opened.keep { _ = try $0.deleteConversation(id) }
        return id
    }

    /// What models took since a day, or since the first; the dearest first, or the last day first where
    /// days are told apart.
    ///
    /// - Throws: A `LoreError` where there is no index.
    public func costs(since: Since? = nil, isByDay: Bool = false) throws -> [ModelCost] {
        let start = since.map { time.stamp(atStartOf: $0.day(today: time.today)) }
        return try opened.reader().read { try $0.costs(since: start, isByDay: isByDay) }
    }

    /// Returns when all that was asked and answered is kept, with a sentence for what could not be.
    public func settle() async -> [String] {
        await running.settle()
        return await journal.settle()
    }

    /// The id of the conversation that a question belongs to.
    func conversationID(of choice: AskRequest.Conversation) throws -> String {
        switch choice {
        case .new: return newID()
        case .named(let id): return try conversationID(id)
        case .latest:
            guard let id = try opened.reader().read({ try $0.latestConversationID() }) else {
                throw KnowledgeBaseError.noConversation
            }
            return id
        }
    }

    private func conversationID(_ beginning: String) throws -> String {
        let ids = try opened.reader().read { try $0.conversationIDs(beginning: beginning) }
        return try whole(beginning, among: ids, orThrow: .unknownConversation(id: beginning))
    }
}

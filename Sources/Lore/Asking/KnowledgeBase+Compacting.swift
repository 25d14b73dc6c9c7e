import LoreChat
import LoreCore
import LoreProviders
import LoreStore
import Synchronization

extension KnowledgeBase {
    /// Makes all turns of a conversation but the last into a summary, which is sent in their place from
    /// now on though they might fit; nothing is deleted.
    ///
    /// The summary is written as one that a full window asks for: by the cheap model, or else by the one
    /// that answers, and without a model of the sentences that tell most. An answer that stays on this
    /// machine is given to no model elsewhere: then sentences are taken here.
    ///
    /// - Parameters:
    ///   - id: The conversation's id, or the beginning of it that no other has.
    ///   - model: The model that answers; nil: that of the settings.
    /// - Returns: The summary, and what it changes.
    /// - Throws: `CompactionError`, `KnowledgeBaseError.unknownConversation`, `.ambiguousID`,
    ///   `.unknownChatModel`.
    public func compact(
        conversation id: String, model: String? = nil
    ) async throws -> Compaction {
        guard configuration.history == .summarize else {
            throw CompactionError.policyWithoutSummaries(configuration.history)
        }
        let request = AskRequest("", model: model, conversation: .named(id))
        let whole = try conversationID(of: request.conversation)
        return try await turnQueue.passing(whole) { try await compacted(whole, request) }
    }

    private func compacted(_ id: String, _ request: AskRequest) async throws -> Compaction {
        let answering = request.model ?? configuration.model
        let purse = CostLedger.Purse(limit: nil)
        let failures = Mutex<[String]>([])
        let history = turnHistory(
            summarizing: try summarizer(beside: answering, for: request, purse) { failure in
                failures.withLock { $0.append(failure) }
            })
        let earlier = EarlierTurns(
            conversationID: id, all: try turns(ofConversation: id).turns,
            sendable: try turns(ofConversation: id, for: request), store: try opened.reader())
        let room = try await historyRoom(of: answering, purse)
        let before = try await history.tokens(of: earlier, in: room)
        let summary = try await summary(of: earlier, by: history, in: room)
        let unkept = await journal.settle()
        return Compaction(
            conversationID: id, summary: summary,
            tokens: try await history.tokens(of: earlier, in: room), tokensBefore: before,
            cost: purse.spent,
            notices: notices(earlier, failures.withLock { $0 }) + unkept)
    }

    private func summary(
        of earlier: EarlierTurns, by history: TurnHistory, in room: HistoryRoom
    ) async throws -> ConversationSummary {
        let (turns, kept) = (earlier.all, Configuration.turnsBehindSummary)
        guard turns.count > kept else {
            throw CompactionError.tooFewTurns(count: turns.count, kept: kept)
        }
        guard let summary = try await history.summaryNow(of: earlier, in: room) else {
            throw CompactionError.nothingNew(
                lastNumber: turns[turns.count - kept - 1].number, kept: kept)
        }
        return summary
    }

    private func notices(_ earlier: EarlierTurns, _ failures: [String]) -> [String] {
        if earlier.isHeldBack {
            return [
                "answers from local-only notes are given to no model elsewhere, so the summary is made "
                    + "here, of the sentences that tell most"
            ]
        }
        return Set(failures).sorted().map {
            "sentences stand in for what the model was to write: \($0)"
        }
    }

    /// What earlier turns may take of the next request to a model.
    private func historyRoom(of name: String, _ purse: CostLedger.Purse) async throws -> HistoryRoom
    {
        guard name != Configuration.extractive else {
            return try configuration.historyRoom(
                window: Configuration.assumedWindow, tokens: TokenEstimate.most)
        }
        let model = try accounted(name, for: .answer, purse, usesKeptReplies: true)
        let ratio = try await model.ratio(in: opened.reader())
        return try configuration.historyRoom(
            window: model.window ?? Configuration.assumedWindow, tokens: ratio.most)
    }
}

extension Configuration {
    fileprivate func historyRoom(
        window: Int, tokens: @escaping @Sendable (Int) -> Int
    ) throws -> HistoryRoom {
        try PromptBuilder(
            window: window, maxTokens: maxTokens, historyShare: historyShare, tokens: tokens
        ).draft("", passages: [], attachment: nil).historyRoom
    }
}

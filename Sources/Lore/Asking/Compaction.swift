public import LoreCore

/// What came of making a conversation's earlier turns into a summary.
public struct Compaction: Hashable, Sendable {
    public let conversationID: String
    /// Stands for the turns up to its `lastNumber` from now on.
    public let summary: ConversationSummary
    /// Tokens of earlier turns that the next request would hold now, by an estimate, and before.
    public let tokens: Int
    public let tokensBefore: Int
    /// US dollars that the summary took, as far as the price is known.
    public let cost: Double
    /// What a person should know besides, one sentence each.
    public let notices: [String]
}

/// Why earlier turns were not made into a summary.
public enum CompactionError: LoreError, Hashable {
    case policyWithoutSummaries(HistoryChoice)
    /// `kept`: the last turns, which go whole.
    case tooFewTurns(count: Int, kept: Int)
    case nothingNew(lastNumber: Int, kept: Int)

    public var category: ErrorCategory {
        if case .policyWithoutSummaries = self { .invalidInput } else { .notFound }
    }

    public var message: String {
        switch self {
        case .policyWithoutSummaries(let policy):
            "with history: \(policy.rawValue) no summary is sent, so none is made"
        case .tooFewTurns(let count, let kept):
            "there is nothing to summarize: the last \(kept) turns go whole, and there are \(count)"
        case .nothingNew(let last, let kept):
            "turns 1–\(last) are summarized already, and the last \(kept) go whole"
        }
    }

    public var hint: String {
        switch self {
        case .policyWithoutSummaries: "set history: summarize (LORE_HISTORY=summarize)"
        case .tooFewTurns, .nothingNew: "ask on"
        }
    }
}

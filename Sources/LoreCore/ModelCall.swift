/// One request to a model that someone pays for, in tokens or in money.
public struct ModelCall: Hashable, Sendable {
    /// What a model is asked for.
    public enum Purpose: String, Sendable, CaseIterable {
        case answer, summary, rewrite, embedding, batch
    }

    /// RFC 3339, UTC.
    public let at: String
    public let purpose: Purpose
    /// As the user calls it.
    public let model: String
    public let usage: TokenUsage
    /// US dollars; nil where the model's price is not known.
    public let cost: Double?
    /// Bytes of the text that `usage.inputTokens` counts; 0 where that is not known.
    public let inputBytes: Int

    public init(
        at: String, purpose: Purpose, model: String, usage: TokenUsage, cost: Double?,
        inputBytes: Int = 0
    ) {
        self.at = at
        self.purpose = purpose
        self.model = model
        self.usage = usage
        self.cost = cost
        self.inputBytes = inputBytes
    }
}

/// Requests of one model for one purpose, added up.
public struct ModelCost: Hashable, Sendable {
    public let model: String
    /// The day in UTC as `2026-11-25`, where days are told apart.
    public let day: String?
    public let purpose: ModelCall.Purpose
    public let requests: Int
    public let usage: TokenUsage
    /// US dollars; nil where the price of none of them is known.
    public let cost: Double?

    public init(
        model: String, day: String?, purpose: ModelCall.Purpose, requests: Int, usage: TokenUsage,
        cost: Double?
    ) {
        self.model = model
        self.day = day
        self.purpose = purpose
        self.requests = requests
        self.usage = usage
        self.cost = cost
    }
}

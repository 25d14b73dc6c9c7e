public import LoreCore

/// A batch, and how far it is.
public struct BatchSummary: Sendable, Hashable {
    public enum State: String, Sendable {
        /// It was interrupted before it was sent; collecting it sends it.
        case unsent
        /// Whether it was sent shows only when the provider is done with it.
        case undecided
        /// Not all of it is answered.
        case running
        case done
    }

    public let id: String
    public let provider: String
    public let model: String
    /// RFC 3339, UTC.
    public let madeAt: String
    public var state: State
    public let questions: Int
    /// Questions that the notes do not answer included, which no model is asked.
    public var answered: Int
    public var failed: Int
    /// What a person should know besides, one sentence each.
    public var notices: [String] = []
}

/// What came of one question of a batch.
public struct BatchAnswer: Sendable {
    /// The user's own id of the question.
    public let id: String?
    public let question: String
    /// The answer, its citations checked now, or the sentence that says why there is none.
    public let result: Result<Answer, BatchFailure>
}

/// Why a question of a batch has no answer.
public struct BatchFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public let description: String
}

/// A batch with its answers, in the order of the questions; none while it runs.
public struct CollectedBatch: Sendable {
    public let summary: BatchSummary
    public let answers: [BatchAnswer]
}

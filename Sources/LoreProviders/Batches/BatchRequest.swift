package import LoreCore

/// One request of a batch.
package struct BatchRequest: Sendable {
    /// The caller's own, by which the reply is found again: letters, digits, `_` and `-`, 28 at most.
    package let id: String
    package let request: ChatRequest

    package init(id: String, request: ChatRequest) {
        self.id = id
        self.request = request
    }
}

/// A batch that a provider has taken.
package struct SubmittedBatch: Hashable, Sendable {
    /// The provider's name of it.
    package let id: String
    /// What of the requests had to be left out, each once.
    package let notices: [ChatNotice]
}

/// How far a batch is.
package struct BatchStatus: Hashable, Sendable {
    package enum State: Hashable, Sendable {
        case running
        case ended
        /// The provider's time for it ran out; what was finished by then is there.
        case expired
        case cancelled
        /// Nothing was answered, for this reason.
        case failed(ProviderReason)
    }

    package let state: State
    /// Requests in it; 0 where the provider has not counted yet.
    package let total: Int
    package let succeeded: Int
    package let failed: Int

    package init(state: State, total: Int = 0, succeeded: Int = 0, failed: Int = 0) {
        self.state = state
        self.total = total
        self.succeeded = succeeded
        self.failed = failed
    }
}

/// The replies of a batch that is done.
package struct BatchResults: Sendable {
    private let replies: [String: Result<ChatReply, ProviderError>]
    private let missing: ProviderError

    init(replies: [String: Result<ChatReply, ProviderError>], missing: ProviderError) {
        self.replies = replies
        self.missing = missing
    }

    /// The reply to the request called `id`, or why there is none.
    package subscript(id: String) -> Result<ChatReply, ProviderError> {
        replies[id] ?? .failure(missing)
    }
}

/// What looking for a batch by its label gave, after its provider's name of it was lost.
package enum FoundBatch: Hashable, Sendable {
    case found(id: String)
    /// The provider has no such batch; it may be sent again.
    case absent
    /// One of these may be it: the provider tells only when they are done.
    case undecided(ids: [String])
}

/// A chat model that can be named, and what is known of it without asking it.
public struct ChatModelStatus: Sendable, Hashable {
    public enum Key: String, Sendable {
        case present, missing
        case notNeeded = "not needed"
    }

    /// What a model is set to do.
    public enum Use: String, Sendable {
        case answers
        /// Summaries and rewrites.
        case utility
    }

    public let name: String
    public let provider: String
    public let key: Key
    /// Tokens of a request and its answer together; nil where that is not known.
    public let window: Int?
    /// Whether the server that has it answers; nil where that was not asked.
    public let isReachable: Bool?
    public let uses: [Use]
}

/// The chat models that can be named, and what a person should know of them.
public struct ChatModelList: Sendable, Hashable {
    public let models: [ChatModelStatus]
    /// One sentence each.
    public let notices: [String]
}

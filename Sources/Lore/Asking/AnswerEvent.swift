public import LoreCore

/// What happens while a question is answered, in this order; the whole answer is the end of it.
public enum AnswerEvent: Sendable {
    case started(answerID: String, conversationID: String, model: String)
    /// What the answer may draw on; before its first piece, and again, whole, where a tool found more.
    case sources(standaloneQuestion: String, passages: [Hit])
    /// What a model is sent; again where it is sent once more, with less or with what came of its calls.
    case sent(SentContext)
    /// A tool that the model had run.
    case step(ToolStep)
    /// The next piece of the answer, never empty; all of them are its text.
    case text(String)
    /// One of the answer's citations, checked.
    case citation(Citation)
    case usage(Usage)
    /// The end: nothing follows.
    case finished(Answer)
}

/// What a model is sent with a question, for a person who wants to know.
public struct SentContext: Hashable, Sendable {
    /// A part of it, with an estimate of its tokens.
    public struct Part: Hashable, Sendable {
        public let name: String
        public let tokens: Int
    }

    public let model: String
    /// lore's own instructions.
    public let system: String
    /// Earlier turns, and at the end the user's: passages, attached text, question.
    public let messages: [ChatMessage]
    /// What the model may call.
    public let tools: [ToolDefinition]
    /// The JSON Schema that the reply is held to, where it is to one.
    public let schema: String?
    public let parts: [Part]
    /// Tokens kept for the answer.
    public let outputTokens: Int
    /// Tokens of all together at most.
    public let window: Int
    public let passages: Int
    /// Passages that were found and did not fit.
    public let leftOut: Int
    /// Passages of local-only notes, which the model is not sent.
    public let heldBack: Int
    public let earlier: Earlier

    /// How many of the conversation's earlier turns are sent, and as what.
    public struct Earlier: Hashable, Sendable {
        public let whole: Int
        /// Turns of which the user's own words are sent, without the answers.
        public let inWords: Int
        /// Whether a summary stands for the answers that are not sent.
        public let isSummarized: Bool
        /// Turns of which nothing is sent but what a summary says.
        public let leftOut: Int
    }
}

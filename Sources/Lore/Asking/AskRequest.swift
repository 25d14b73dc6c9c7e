public import LoreCore

/// A question to the notes, and how it is to be answered.
public struct AskRequest: Sendable {
    /// The user's own words.
    public var question: String
    /// The model that answers, such as `ollama:qwen3` or `extractive`; nil: that of the settings.
    public var model: String?
    /// Passages the answer may draw on; nil: those of the settings.
    public var passages: Int?
    /// Which notes it may draw on; nil for all.
    public var filter: Filter?
    /// Tokens of the answer at most; nil: those of the settings.
    public var maxTokens: Int?
    /// A text that belongs to the question and is not indexed, such as what was piped in.
    public var attachment: String?
    /// What the question goes on with.
    public var conversation: Conversation
    /// What of earlier turns a model is sent; nil: that of the settings.
    public var history: HistoryChoice?
    /// Whether a model may call lore's own tools to look further into the notes; nil: as the settings say.
    public var usesNoteTools: Bool?
    /// Tools of the program's own, which a model may call beside lore's; one with the name of lore's
    /// takes its place.
    public var tools: [any Tool] = []
    /// US dollars that models may cost for this answer; nil: without limit.
    public var maxCost: Double?
    /// Whether a reply that an equal request had will do.
    public var usesKeptReplies = true

    /// The form in which the answer is wanted; nil: text, or strict as the settings say.
    public var form: AnswerForm?

    public enum Conversation: Hashable, Sendable {
        /// A conversation of its own.
        case new
        /// The one that was asked last.
        case latest
        /// The one of this id, or of the id that begins so.
        case named(String)
    }

    public init(
        _ question: String, model: String? = nil, passages: Int? = nil, filter: Filter? = nil,
        maxTokens: Int? = nil, attachment: String? = nil, conversation: Conversation = .new
    ) {
        self.question = question
        self.model = model
        self.passages = passages
        self.filter = filter
        self.maxTokens = maxTokens
        // Nothing was attached.
        self.attachment = attachment.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        self.conversation = conversation
    }
}

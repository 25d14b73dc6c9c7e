/// How far an answer stands on the notes.
public enum AnswerState: String, Sendable {
    /// Every statement carries a citation whose quote is in the file.
    case grounded
    /// Something in it does not.
    case ungrounded
    /// The notes do not say; the nearest passages are offered instead.
    case notFound = "not_found"
}

/// A passage that an answer rests on, checked against the file.
public struct Citation: Hashable, Sendable {
    /// The `[n]` of the answer's text, from 1.
    public let number: Int
    public let folder: String
    /// The note's path as it is shown, like that of a `Hit`.
    public let path: String
    /// Where the quote stands in the note's text now.
    public let range: SourceRange
    /// The page it stands on, from 1, where the note has pages.
    public let page: Int?
    public let quote: String
    /// Whether the bytes at `range` of the file on disk are exactly `quote`.
    public let verified: Bool
    public let chunkID: ChunkID

    public init(
        number: Int, folder: String, path: String, range: SourceRange, page: Int? = nil,
        quote: String, verified: Bool, chunkID: ChunkID
    ) {
        self.number = number
        self.folder = folder
        self.path = path
        self.range = range
        self.page = page
        self.quote = quote
        self.verified = verified
        self.chunkID = chunkID
    }

    /// What may be shown as a quote: empty where the file does not hold it.
    public var shownQuote: String { verified ? quote : "" }
}

/// What a model consumed and what it cost.
public struct Usage: Hashable, Sendable {
    public let inputTokens: Int
    public let outputTokens: Int
    /// The part of `inputTokens` that the provider read from its cache.
    public let cachedTokens: Int
    /// US dollars; nil where the model's price is not known.
    public let cost: Double?

    public static let none = Usage(inputTokens: 0, outputTokens: 0, cachedTokens: 0, cost: 0)

    public init(inputTokens: Int, outputTokens: Int, cachedTokens: Int, cost: Double?) {
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedTokens = cachedTokens
        self.cost = cost
    }
}

/// How much of what matches a question an answer is made from, in passages as they are indexed.
public struct Coverage: Hashable, Sendable {
    /// Those that hold a word of the question or that its meaning found.
    public let matched: Int
    /// Those that the answer could draw on; with tools, also what they brought.
    public let read: Int
    /// Those chosen that were not read: they did not fit, or stay on this machine.
    public let leftOut: Int

    public init(matched: Int, read: Int, leftOut: Int) {
        self.matched = matched
        self.read = read
        self.leftOut = leftOut
    }
}

/// What the notes say to a question.
public struct Answer: Hashable, Sendable {
    public let id: String
    public let conversationID: String
    public let question: String
    /// The question with what earlier turns said filled in; equal to `question` in a first turn.
    public let standaloneQuestion: String
    public let state: AnswerState
    /// How surely the notes answer, 0 to 1.
    public let confidence: Double
    /// The answer with its `[n]`; where `state` is `notFound`, empty or a model's words for that.
    public let text: String
    public let citations: [Citation]
    /// What the answer could draw on, best first; a model's `[n]` is the n-th.
    public let passages: [Hit]
    /// Nil for an answer of a batch.
    public var coverage: Coverage?
    public let model: String
    public let usage: Usage
    /// Why the text ends where it does.
    public let finish: FinishReason
    public var took: Duration
    /// Whether an equal request was answered before, and no model was asked now.
    public var isCached: Bool
    /// What the model had run before it answered.
    public var trace: [ToolStep]
    /// What a person should know besides, one sentence each.
    public var notices: [String]
    /// Files added, changed and gone since they were indexed; nil where that cannot be told.
    public var changedSinceIndexing: Int?

    public init(
        id: String, conversationID: String, question: String, standaloneQuestion: String,
        state: AnswerState, confidence: Double, text: String, citations: [Citation],
        passages: [Hit], model: String, usage: Usage, finish: FinishReason = .stop,
        took: Duration, isCached: Bool = false, trace: [ToolStep] = [], notices: [String] = []
    ) {
        self.id = id
        self.conversationID = conversationID
        self.question = question
        self.standaloneQuestion = standaloneQuestion
        self.state = state
        self.confidence = confidence
        self.text = text
        self.citations = citations
        self.passages = passages
        self.model = model
        self.usage = usage
        self.finish = finish
        self.took = took
        self.isCached = isCached
        self.trace = trace
        self.notices = notices
    }
}

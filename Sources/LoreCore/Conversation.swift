/// A conversation with the notes, as a list of them shows it.
public struct Conversation: Hashable, Sendable {
    public let id: String
    /// The first question.
    public let title: String
    /// RFC 3339, UTC.
    public let startedAt: String
    /// When its last question was asked.
    public let lastAskedAt: String
    public let turns: Int

    public init(id: String, title: String, startedAt: String, lastAskedAt: String, turns: Int) {
        self.id = id
        self.title = title
        self.startedAt = startedAt
        self.lastAskedAt = lastAskedAt
        self.turns = turns
    }
}

/// A question of a conversation and what came of it.
public struct ConversationTurn: Hashable, Sendable {
    /// Counts the turns of its conversation, from 1.
    public let number: Int
    public let answerID: String
    /// RFC 3339, UTC.
    public let askedAt: String
    /// The user's own words.
    public let question: String
    /// The question with what earlier turns said filled in.
    public let standaloneQuestion: String
    public let model: String
    /// Nil where the answer was cut before its end.
    public let state: AnswerState?
    /// The answer, or what there was of it when it was cut.
    public let answer: String
    public let citations: [Citation]
    public let usage: Usage
    /// What the model had run before it answered.
    public let trace: [ToolStep]
    /// The passages that the answer was made from.
    public let origins: [NoteOrigin]
    /// Numbers of the earlier turns whose answers its model was not given, since they may hold text that
    /// stays on this machine.
    public let withheld: [Int]
    /// Whether the answer is left out here, since it may hold text that stays on this machine.
    public let isWithheld: Bool

    /// Whether the program or the model's request ended before the answer did.
    public var isCut: Bool { state == nil }

    public init(
        number: Int, answerID: String, askedAt: String, question: String,
        standaloneQuestion: String, model: String, state: AnswerState?, answer: String,
        citations: [Citation], usage: Usage, trace: [ToolStep] = [],
        origins: [NoteOrigin] = [], withheld: [Int] = [], isWithheld: Bool = false
    ) {
        self.number = number
        self.answerID = answerID
        self.askedAt = askedAt
        self.question = question
        self.standaloneQuestion = standaloneQuestion
        self.model = model
        self.state = state
        self.answer = answer
        self.citations = citations
        self.usage = usage
        self.trace = trace
        self.origins = origins
        self.withheld = withheld
        self.isWithheld = isWithheld
    }
}

/// A tool that a model had run, and what came of it.
public struct ToolStep: Hashable, Sendable, Codable {
    public let tool: String
    /// What the model wrote: JSON where it did as it was told.
    public let arguments: String
    public let result: String
    public let isError: Bool

    public init(tool: String, arguments: String, result: String, isError: Bool) {
        self.tool = tool
        self.arguments = arguments
        self.result = result
        self.isError = isError
    }
}

/// What stands for the turns of a conversation from its first on, where not all are sent.
public struct ConversationSummary: Hashable, Sendable {
    /// The last turn that it stands for.
    public let lastNumber: Int
    /// What made it.
    public let model: String
    public let text: String
    /// Whether it was asked for: then no turn that it stands for is sent whole again.
    public var isAskedFor: Bool

    public init(lastNumber: Int, model: String, text: String, isAskedFor: Bool = false) {
        self.lastNumber = lastNumber
        self.model = model
        self.text = text
        self.isAskedFor = isAskedFor
    }
}

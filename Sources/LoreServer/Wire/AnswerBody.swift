package import LoreCore

/// `ask --json`.
package struct AnswerBody: Encodable, Sendable {
    let answerId: String
    let conversationId: String
    let question: String
    let standaloneQuestion: String
    let state: String
    let confidence: Double
    let answer: String
    let citations: [CitationBody]
    let passages: [HitBody]
    /// Absent in an answer of a batch.
    let coverage: CoverageBody?
    /// Absent where no tool was run.
    let trace: [StepBody]?
    let model: String
    let cached: Bool
    let usage: UsageBody
    /// Absent where nothing has changed.
    let changedSinceIndexing: Int?
    let tookMs: Double

    package init(_ answer: Answer) {
        answerId = answer.id
        conversationId = answer.conversationID
        question = answer.question
        standaloneQuestion = answer.standaloneQuestion
        state = answer.state.rawValue
        confidence = answer.confidence
        self.answer = answer.text
        citations = answer.citations.map(CitationBody.init)
        passages = answer.passages.map { HitBody($0, explains: false) }
        coverage = answer.coverage.map(CoverageBody.init)
        trace = answer.trace.isEmpty ? nil : answer.trace.map(StepBody.init)
        model = answer.model
        cached = answer.isCached
        usage = UsageBody(answer.usage)
        changedSinceIndexing = answer.changedSinceIndexing.flatMap { $0 > 0 ? $0 : nil }
        tookMs = answer.took.wireMilliseconds
    }
}

/// How many passages match a question, and how many of them the answer was made from.
package struct CoverageBody: Encodable, Sendable {
    let matched: Int
    let read: Int
    let leftOut: Int

    init(_ coverage: Coverage) {
        (matched, read, leftOut) = (coverage.matched, coverage.read, coverage.leftOut)
    }
}

/// A passage that an answer rests on.
package struct CitationBody: Encodable, Sendable {
    let n: Int
    let path: String
    let startLine: Int
    let endLine: Int
    let page: Int?
    let quote: String
    let verified: Bool
    let chunkId: String

    package init(_ citation: Citation) {
        n = citation.number
        path = citation.path
        startLine = citation.range.lines.lowerBound
        endLine = citation.range.lines.upperBound
        page = citation.page
        quote = citation.shownQuote
        verified = citation.verified
        chunkId = citation.chunkID.description
    }
}

/// A tool that a model had run.
package struct StepBody: Encodable, Sendable {
    let tool: String
    let arguments: String
    let result: String
    let isError: Bool

    init(_ step: ToolStep) {
        (tool, arguments, result, isError) = (step.tool, step.arguments, step.result, step.isError)
    }
}

/// Tokens and US dollars.
package struct UsageBody: Encodable, Sendable {
    let inputTokens: Int
    let outputTokens: Int
    let cachedTokens: Int
    /// Absent where the model's price is not known.
    let costUsd: Double?

    init(_ usage: Usage) {
        inputTokens = usage.inputTokens
        outputTokens = usage.outputTokens
        cachedTokens = usage.cachedTokens
        costUsd = usage.cost
    }
}

/// The answer to `POST /api/chat`: `response`, and all that `ask --json` says.
package struct ChatBody: Encodable, Sendable {
    private enum Key: CodingKey { case response }

    private let answer: AnswerBody

    package init(_ answer: Answer) { self.answer = AnswerBody(answer) }

    package func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(answer.answer, forKey: .response)
    }
}

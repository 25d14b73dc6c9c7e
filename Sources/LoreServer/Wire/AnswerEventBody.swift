import Lore
import LoreCore

/// `event` as a server-sent event; nil where it is not for clients.
func serverSentEvent(_ event: AnswerEvent) throws -> String? {
    switch event {
    case .started(let answerID, let conversationID, let model):
        try serverSentEvent(
            "start", StartBody(answerId: answerID, conversationId: conversationID, model: model))
    case .sources(let question, let passages):
        try serverSentEvent(
            "sources",
            SourcesBody(
                standaloneQuestion: question,
                passages: passages.map { HitBody($0, explains: false) }))
    case .sent: nil
    case .step(let step): try serverSentEvent("step", StepBody(step))
    case .text(let text): try serverSentEvent("delta", DeltaBody(text: text))
    case .citation(let citation): try serverSentEvent("citation", CitationBody(citation))
    case .usage(let usage): try serverSentEvent("usage", UsageBody(usage))
    case .finished(let answer): try serverSentEvent("done", DoneBody(answer))
    }
}

/// The event of a stream that fails.
func serverSentEvent(of error: any Error) throws -> String {
    let body = (error as? any LoreError).map { HTTPErrorBody($0) }
    return try serverSentEvent("error", body ?? HTTPErrorBody(unexpected: error))
}

private func serverSentEvent(_ name: String, _ body: some Encodable) throws -> String {
    let json = String(decoding: try WireEncoder.compact(body), as: UTF8.self)
    return "event: \(name)\ndata: \(json)\n\n"
}

/// Before anything else of an answer.
private struct StartBody: Encodable {
    let answerId: String
    let conversationId: String
    let model: String
}

/// What an answer may draw on.
private struct SourcesBody: Encodable {
    let standaloneQuestion: String
    let passages: [HitBody]
}

/// The next piece of an answer.
private struct DeltaBody: Encodable {
    let text: String
}

/// After everything else of an answer.
private struct DoneBody: Encodable {
    let state: String
    let finishReason: String
    let confidence: Double
    let cached: Bool
    /// What a person should know besides, one sentence each.
    let notices: [String]

    init(_ answer: Answer) {
        state = answer.state.rawValue
        finishReason = answer.finish.word
        confidence = answer.confidence
        cached = answer.isCached
        notices = answer.notices
    }
}

import LoreCore

/// Reads a reply in the form of Ollama's own chat, one JSON object a line.
struct OllamaDecoder: ReplyDecoder {
    /// The text of the request, to notice when the server read less.
    let sentBytes: Int
    private var calls = 0

    init(sentBytes: Int) { self.sentBytes = sentBytes }

    mutating func take(_ event: JSONValue, into reply: inout ReplyBuilder) throws {
        if event["error"] != nil { throw FailureReport(event) }
        reply.model = event["model"]?.string ?? reply.model
        if let message = event["message"] { take(message: message, into: &reply) }
        if event["done"]?.bool == true { end(event, into: &reply) }
    }

    mutating func takeWhole(_ document: JSONValue, into reply: inout ReplyBuilder) throws {
        guard document["message"] != nil || document["error"] != nil else {
            throw MalformedStream("it has no message")
        }
        try take(document, into: &reply)
    }

    private mutating func take(message: JSONValue, into reply: inout ReplyBuilder) {
        reply.addThinking(message["thinking"]?.string ?? "")
        reply.addText(message["content"]?.string ?? "")
        for call in message["tool_calls"]?.elements ?? [] {
            let function = call["function"]
            reply.addCall(
                ToolCall(
                    id: call["id"]?.string ?? "call_\(calls)",
                    name: function?["name"]?.string ?? "",
                    argumentText: argumentText(function?["arguments"]) ?? ""))
            calls += 1
        }
    }

    private func end(_ event: JSONValue, into reply: inout ReplyBuilder) {
        reply.hasEnded = true
        switch event["done_reason"]?.string {
        case nil, "stop"?: reply.finish = .stop
        case "length"?: reply.finish = .length
        case let reason?: reply.finish = .other(reason)
        }
        // Old servers leave the count out where all of the prompt was cached.
        guard let read = event["prompt_eval_count"]?.int else { return }
        reply.usage = TokenUsage(
            inputTokens: read, outputTokens: event["eval_count"]?.int ?? 0)
        if read < TokenEstimate.least(bytes: sentBytes) {
            reply.addNotice(
                .contextCut(
                    model: reply.model, readTokens: read,
                    sentTokens: TokenEstimate.most(bytes: sentBytes)))
        }
    }
}

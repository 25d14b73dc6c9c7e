import LoreCore

/// Reads a reply in the form of Responses.
///
/// Texts come in pieces; items are final, and kept to go back unchanged, when they are done.
struct OpenAIResponsesDecoder: ReplyDecoder {
    private var items: [JSONValue] = []
    private var wasRefused = false
    /// Whether the text of the item that runs has come in pieces already.
    private var hasPieces = false

    mutating func take(_ event: JSONValue, into reply: inout ReplyBuilder) throws {
        switch event["type"]?.string {
        case "response.output_text.delta": addPiece(event["delta"], into: &reply)
        case "response.refusal.delta":
            wasRefused = true
            addPiece(event["delta"], into: &reply)
        case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
            reply.addThinking(event["delta"]?.string ?? "")
        case "response.output_item.done":
            if let item = event["item"] { takeItem(item, into: &reply) }
        case "response.completed", "response.incomplete", "response.failed":
            try end(event["response"] ?? .null, into: &reply)
        case "error": throw FailureReport(event)
        case nil where event["error"] != nil: throw FailureReport(event)
        default: break
        }
    }

    mutating func takeWhole(_ document: JSONValue, into reply: inout ReplyBuilder) throws {
        guard document["output"]?.elements != nil else {
            if document["error"] != nil { throw FailureReport(document) }
            throw MalformedStream("it has no output")
        }
        try end(document, into: &reply)
    }

    private mutating func addPiece(_ delta: JSONValue?, into reply: inout ReplyBuilder) {
        hasPieces = true
        reply.addText(delta?.string ?? "")
    }

    private mutating func takeItem(_ item: JSONValue, into reply: inout ReplyBuilder) {
        items.append(item)
        switch item["type"]?.string {
        case "message":
            if !hasPieces { takeContent(of: item, into: &reply) }
            hasPieces = false
        case "function_call": takeCall(item, into: &reply)
        default: break
        }
    }

    private mutating func takeContent(of item: JSONValue, into reply: inout ReplyBuilder) {
        for part in item["content"]?.elements ?? [] {
            reply.addText(part["text"]?.string ?? "")
            if let refusal = part["refusal"]?.string {
                wasRefused = true
                reply.addText(refusal)
            }
        }
    }

    private func takeCall(_ item: JSONValue, into reply: inout ReplyBuilder) {
        reply.addCall(
            ToolCall(
                id: item["call_id"]?.string ?? item["id"]?.string ?? "",
                name: item["name"]?.string ?? "",
                argumentText: argumentText(item["arguments"]) ?? "",
                isCut: item["status"]?.string == "incomplete"))
    }

    private mutating func end(_ response: JSONValue, into reply: inout ReplyBuilder) throws {
        if response["status"]?.string == "failed" { throw FailureReport(response) }
        // Some servers send the items only here.
        if items.isEmpty {
            for item in response["output"]?.elements ?? [] { takeItem(item, into: &reply) }
        }
        if !items.isEmpty { reply.original = .array(items) }
        reply.model = response["model"]?.string ?? reply.model
        reply.usage = response["usage"].flatMap(TokenUsage.init(openAIResponses:)) ?? reply.usage
        reply.finish = finish(of: response)
        reply.hasEnded = true
    }

    private func finish(of response: JSONValue) -> FinishReason {
        let reason = response["incomplete_details"]?["reason"]?.string
        switch (response["status"]?.string, reason) {
        case ("incomplete", "max_output_tokens"?): return .length
        case ("incomplete", "content_filter"?): return .filtered
        case ("incomplete", let reason): return .other(reason ?? "incomplete")
        case ("completed", _), (nil, _): return wasRefused ? .refusal : .stop
        case (let status?, _): return .other(status)
        }
    }
}

extension TokenUsage {
    fileprivate init?(openAIResponses usage: JSONValue) {
        guard let input = usage["input_tokens"]?.int else { return nil }
        let details = usage["input_tokens_details"]
        self.init(
            inputTokens: input, cachedTokens: details?["cached_tokens"]?.int ?? 0,
            cacheWriteTokens: details?["cache_write_tokens"]?.int ?? 0,
            outputTokens: usage["output_tokens"]?.int ?? 0,
            reasoningTokens: usage["output_tokens_details"]?["reasoning_tokens"]?.int ?? 0)
    }
}

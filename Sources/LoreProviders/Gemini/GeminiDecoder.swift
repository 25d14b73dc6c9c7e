import LoreCore

/// Reads a reply in the form of Gemini's generateContent; each event is a whole object with what is
/// new.
struct GeminiDecoder: ReplyDecoder {
    private var parts: [JSONValue] = []
    private var calls = 0

    mutating func take(_ event: JSONValue, into reply: inout ReplyBuilder) throws {
        if event["error"] != nil || event[0]?["error"] != nil { throw FailureReport(event) }
        reply.model = event["modelVersion"]?.string ?? reply.model
        // A running total for the request: the last one counts.
        reply.usage = event["usageMetadata"].flatMap(TokenUsage.init(gemini:)) ?? reply.usage
        if event["promptFeedback"]?["blockReason"]?.string != nil {
            reply.finish = .filtered
            reply.hasEnded = true
        }
        guard let candidate = event["candidates"]?[0] else { return }
        for part in candidate["content"]?["parts"]?.elements ?? [] {
            takePart(part, into: &reply)
        }
        reply.continuation = candidate["continuationToken"] ?? reply.continuation
        if let reason = candidate["finishReason"]?.string { end(reason, into: &reply) }
    }

    mutating func takeWhole(_ document: JSONValue, into reply: inout ReplyBuilder) throws {
        let isReply = document["candidates"] != nil || document["promptFeedback"] != nil
        guard isReply || document["error"] != nil else {
            throw MalformedStream("it has no candidates")
        }
        try take(document, into: &reply)
    }

    mutating func finish(into reply: inout ReplyBuilder) {
        if !parts.isEmpty { reply.original = .array(parts) }
    }

    private mutating func takePart(_ part: JSONValue, into reply: inout ReplyBuilder) {
        keep(part)
        if let text = part["text"]?.string {
            if part["thought"]?.bool == true {
                reply.addThinking(text)
            } else {
                reply.addText(text)
            }
        }
        guard let call = part["functionCall"] else { return }
        defer { calls += 1 }
        reply.addCall(
            ToolCall(
                id: call["id"]?.string ?? GeminiCallID.make(calls),
                name: call["name"]?.string ?? "",
                argumentText: (call["args"] ?? .object([])).text))
    }

    /// Pieces of one text become one part again; what carries a signature stays as it came.
    private mutating func keep(_ part: JSONValue) {
        guard let piece = part["text"]?.string, let last = parts.last,
            let before = last["text"]?.string,
            last.setting("text", to: "") == part.setting("text", to: ""),
            part["thoughtSignature"] == nil
        else { return parts.append(part) }
        parts[parts.count - 1] = last.setting("text", to: .string(before + piece))
    }

    private func end(_ reason: String, into reply: inout ReplyBuilder) {
        reply.hasEnded = true
        switch reason {
        case "STOP": reply.finish = .stop
        case "MAX_TOKENS": reply.finish = .length
        case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII":
            reply.finish = .filtered
        case "CONTINUATION":
            reply.finish = reply.continuation == nil ? .length : .paused
        case "OTHER", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS", "MISSING_THOUGHT_SIGNATURE",
            "MALFORMED_FUNCTION_CALL", "MALFORMED_RESPONSE":
            reply.finish = .failed(reason)
        default: reply.finish = .other(reason)
        }
    }
}

extension TokenUsage {
    fileprivate init?(gemini usage: JSONValue) {
        guard let prompt = usage["promptTokenCount"]?.int else { return nil }
        let thoughts = usage["thoughtsTokenCount"]?.int ?? 0
        self.init(
            inputTokens: prompt + (usage["toolUsePromptTokenCount"]?.int ?? 0),
            cachedTokens: usage["cachedContentTokenCount"]?.int ?? 0,
            outputTokens: (usage["candidatesTokenCount"]?.int ?? 0) + thoughts,
            reasoningTokens: thoughts)
    }
}

import LoreCore

/// Reads a reply in the form of Chat Completions, of whichever server.
struct OpenAIChatDecoder: ReplyDecoder {
    private var calls = ToolCallPieces()
    private var wasRefused = false

    mutating func take(_ event: JSONValue, into reply: inout ReplyBuilder) throws {
        try throwError(in: event)
        if let model = event["model"]?.string, !model.isEmpty { reply.model = model }
        takeUsage(event, into: &reply)
        guard let choice = event["choices"]?[0] else { return }
        takeMessage(choice["delta"], into: &reply)
        end(choice, into: &reply)
    }

    mutating func takeWhole(_ document: JSONValue, into reply: inout ReplyBuilder) throws {
        try throwError(in: document)
        guard let choice = document["choices"]?[0], choice["message"]?.members != nil else {
            throw MalformedStream("it has no message")
        }
        reply.model = document["model"]?.string ?? reply.model
        takeUsage(document, into: &reply)
        takeMessage(choice["message"], into: &reply)
        end(choice, into: &reply)
    }

    mutating func finish(into reply: inout ReplyBuilder) {
        for call in calls.takeAll(isCut: reply.finish != .toolCalls && reply.finish != .stop) {
            reply.addCall(call)
        }
    }

    private func throwError(in document: JSONValue) throws {
        let isError = document["object"]?.string == "error"
        guard isError || !(document["error"]?.isNull ?? true) else { return }
        throw FailureReport(document)
    }

    private mutating func takeMessage(_ message: JSONValue?, into reply: inout ReplyBuilder) {
        guard let message else { return }
        let thinking = message["reasoning_content"]?.string ?? message["reasoning"]?.string
        reply.addThinking(thinking ?? "")
        switch message["content"] {
        case .string(let text)?: reply.addText(text)
        case .array(let parts)?: for part in parts { takePart(part, into: &reply) }
        default: break
        }
        if let refusal = message["refusal"]?.string {
            wasRefused = true
            reply.addText(refusal)
        }
        for call in message["tool_calls"]?.elements ?? [] {
            let function = call["function"]
            calls.add(
                index: call["index"]?.int, id: call["id"]?.string,
                name: function?["name"]?.string, arguments: argumentText(function?["arguments"]))
        }
    }

    /// A piece of Mistral's content: text, or thinking that holds text.
    private func takePart(_ part: JSONValue, into reply: inout ReplyBuilder) {
        if let text = part["text"]?.string { reply.addText(text) }
        for thought in part["thinking"]?.elements ?? [] {
            reply.addThinking(thought["text"]?.string ?? "")
        }
    }

    /// Usage stands in a chunk of its own, in the last one, or at Groq below `x_groq`.
    private func takeUsage(_ event: JSONValue, into reply: inout ReplyBuilder) {
        let usage = event["usage"] ?? .null
        let found = usage.isNull ? event["x_groq"]?["usage"] : usage
        if let found, let read = TokenUsage(openAIChat: found) { reply.usage = read }
    }

    private mutating func end(_ choice: JSONValue, into reply: inout ReplyBuilder) {
        guard let reason = choice["finish_reason"]?.string else { return }
        reply.hasEnded = true
        reply.finish = wasRefused && reason == "stop" ? .refusal : FinishReason(openAIChat: reason)
    }
}

extension FinishReason {
    fileprivate init(openAIChat reason: String) {
        switch reason {
        case "stop", "eos": self = .stop
        case "length", "model_length": self = .length
        case "tool_calls", "function_call": self = .toolCalls
        case "content_filter": self = .filtered
        case "error": self = .failed(reason)
        default: self = .other(reason)
        }
    }
}

extension TokenUsage {
    fileprivate init?(openAIChat usage: JSONValue) {
        guard let input = usage["prompt_tokens"]?.int else { return nil }
        let details = usage["prompt_tokens_details"]
        self.init(
            inputTokens: input, cachedTokens: details?["cached_tokens"]?.int ?? 0,
            cacheWriteTokens: details?["cache_write_tokens"]?.int ?? 0,
            outputTokens: usage["completion_tokens"]?.int ?? 0,
            reasoningTokens: usage["completion_tokens_details"]?["reasoning_tokens"]?.int ?? 0)
    }
}

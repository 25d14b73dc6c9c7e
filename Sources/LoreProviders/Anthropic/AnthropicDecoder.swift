import LoreCore

/// Reads a reply in the form of Anthropic's Messages.
struct AnthropicDecoder: ReplyDecoder {
    /// The blocks by their index, as they will go back.
    private var blocks: [Block] = []
    private var usage = AnthropicUsage()
    /// Told at the end: only then it is known whether the last one is whole.
    private var calls: [ToolCall] = []

    private struct Block {
        let index: Int
        var value: JSONValue
        var pieces = ""
        var signature = ""
        var isDone = false
    }

    mutating func take(_ event: JSONValue, into reply: inout ReplyBuilder) throws {
        switch event["type"]?.string {
        case "message_start": start(event["message"] ?? .null, into: &reply)
        case "content_block_start":
            begin(event["content_block"] ?? .null, at: event["index"]?.int ?? 0, into: &reply)
        case "content_block_delta":
            takeDelta(event["delta"] ?? .null, at: event["index"]?.int ?? 0, into: &reply)
        case "content_block_stop": endBlock(at: event["index"]?.int ?? 0)
        case "message_delta":
            usage.update(event["usage"])
            if let reason = event["delta"]?["stop_reason"]?.string { end(reason, into: &reply) }
        case "message_stop": reply.hasEnded = true
        case "error": throw FailureReport(event)
        case nil where event["error"] != nil: throw FailureReport(event)
        default: break
        }
    }

    mutating func takeWhole(_ document: JSONValue, into reply: inout ReplyBuilder) throws {
        if document["error"] != nil { throw FailureReport(document) }
        guard let content = document["content"]?.elements else {
            throw MalformedStream("it has no content")
        }
        start(document, into: &reply)
        for (index, block) in content.enumerated() {
            begin(block, at: index, into: &reply)
            endBlock(at: index)
        }
        end(document["stop_reason"]?.string ?? "", into: &reply)
        reply.hasEnded = true
    }

    mutating func finish(into reply: inout ReplyBuilder) {
        // A reply cut at its limit may leave a block open.
        for block in blocks where !block.isDone { endBlock(at: block.index) }
        for (place, call) in calls.enumerated() {
            let isCut = reply.finish == .length && place == calls.count - 1
            reply.addCall(
                ToolCall(
                    id: call.id, name: call.name, argumentText: call.argumentText, isCut: isCut))
        }
        reply.usage = usage.tokens
        guard !blocks.isEmpty else { return }
        reply.original = .array(blocks.map(\.value))
        if reply.finish == .paused { reply.continuation = reply.original }
    }

    private mutating func start(_ message: JSONValue, into reply: inout ReplyBuilder) {
        reply.model = message["model"]?.string ?? reply.model
        usage.update(message["usage"])
    }

    private mutating func begin(
        _ block: JSONValue, at index: Int, into reply: inout ReplyBuilder
    ) {
        blocks.append(Block(index: index, value: block))
        switch block["type"]?.string {
        case "text": reply.addText(block["text"]?.string ?? "")
        case "thinking": reply.addThinking(block["thinking"]?.string ?? "")
        default: break
        }
    }

    private mutating func takeDelta(
        _ delta: JSONValue, at index: Int, into reply: inout ReplyBuilder
    ) {
        guard let place = blocks.lastIndex(where: { $0.index == index }) else { return }
        let piece = delta["text"] ?? delta["thinking"] ?? delta["partial_json"]
        blocks[place].pieces += piece?.string ?? ""
        switch delta["type"]?.string {
        case "text_delta": reply.addText(piece?.string ?? "")
        case "thinking_delta": reply.addThinking(piece?.string ?? "")
        case "signature_delta": blocks[place].signature += delta["signature"]?.string ?? ""
        default: break
        }
    }

    private mutating func endBlock(at index: Int) {
        guard let place = blocks.lastIndex(where: { $0.index == index && !$0.isDone }) else {
            return
        }
        blocks[place].isDone = true
        let block = blocks[place]
        switch block.value["type"]?.string {
        case "text": append(block.pieces, to: "text", at: place)
        case "thinking":
            append(block.pieces, to: "thinking", at: place)
            append(block.signature, to: "signature", at: place)
        case "tool_use": takeCall(at: place)
        default: break
        }
    }

    private mutating func append(_ pieces: String, to name: String, at place: Int) {
        let before = blocks[place].value[name]?.string ?? ""
        blocks[place].value = blocks[place].value.setting(name, to: .string(before + pieces))
    }

    private mutating func takeCall(at place: Int) {
        let block = blocks[place]
        let given = block.value["input"] ?? .object([])
        let text = block.pieces.isEmpty ? given.text : block.pieces
        let call = ToolCall(
            id: block.value["id"]?.string ?? "", name: block.value["name"]?.string ?? "",
            argumentText: text)
        calls.append(call)
        blocks[place].value = block.value.setting("input", to: call.argumentObject)
    }

    private func end(_ reason: String, into reply: inout ReplyBuilder) {
        switch reason {
        case "end_turn", "stop_sequence": reply.finish = .stop
        case "max_tokens", "model_context_window_exceeded": reply.finish = .length
        case "tool_use": reply.finish = .toolCalls
        case "pause_turn": reply.finish = .paused
        case "refusal": reply.finish = .refusal
        default: reply.finish = .other(reason)
        }
    }
}

/// Anthropic's counts, of which a later event repeats only some.
private struct AnthropicUsage {
    private var input = 0
    private var cacheWrite = 0
    private var cacheRead = 0
    private var output = 0
    private var thinking = 0
    private var isKnown = false

    mutating func update(_ usage: JSONValue?) {
        guard let usage, usage.members != nil else { return }
        isKnown = true
        input = usage["input_tokens"]?.int ?? input
        cacheWrite = usage["cache_creation_input_tokens"]?.int ?? cacheWrite
        cacheRead = usage["cache_read_input_tokens"]?.int ?? cacheRead
        output = usage["output_tokens"]?.int ?? output
        thinking = usage["output_tokens_details"]?["thinking_tokens"]?.int ?? thinking
    }

    /// `nil` where the provider told nothing.
    var tokens: TokenUsage? {
        guard isKnown else { return nil }
        return TokenUsage(
            inputTokens: input + cacheWrite + cacheRead, cachedTokens: cacheRead,
            cacheWriteTokens: cacheWrite, outputTokens: output, reasoningTokens: thinking)
    }
}

import LoreCore

extension ScriptedWire {
    func anthropicFrames(_ reply: ScriptedReply, model: String) -> [ScriptedFrame] {
        let message = anthropicMessage(reply, model: model)
        let start = message.setting("content", to: []).setting("stop_reason", to: .null)
            .setting("usage", to: anthropicUsage(reply.usage).setting("output_tokens", to: 1))
        var events: [JSONValue] = [
            ["type": "message_start", "message": start], ["type": "ping"],
        ]
        for (index, block) in anthropicBlocks(reply).enumerated() {
            events += anthropicBlockEvents(block, at: index, reply)
        }
        events.append([
            "type": "message_delta",
            "delta": [
                "stop_reason": message["stop_reason"] ?? .null, "stop_sequence": .null,
                "stop_details": .null,
            ],
            "usage": [
                "output_tokens": JSONValue(reply.usage.outputTokens),
                "output_tokens_details": [
                    "thinking_tokens": JSONValue(reply.usage.reasoningTokens)
                ],
            ],
        ])
        events.append(["type": "message_stop"])
        return events.map { ScriptedFrame(name: $0["type"]?.string, data: $0) }
    }

    func anthropicMessage(_ reply: ScriptedReply, model: String) -> JSONValue {
        let reason: JSONValue
        switch reply.finish {
        case .stop: reason = reply.calls.isEmpty ? "end_turn" : "tool_use"
        case .length: reason = "max_tokens"
        case .refusal, .filtered: reason = "refusal"
        }
        return [
            "id": "msg_1", "type": "message", "role": "assistant", "model": .string(model),
            "content": .array(anthropicBlocks(reply)), "stop_reason": reason,
            "stop_sequence": .null, "stop_details": .null,
            "usage": anthropicUsage(reply.usage),
        ]
    }

    private func anthropicBlocks(_ reply: ScriptedReply) -> [JSONValue] {
        var blocks: [JSONValue] = []
        if !reply.thinking.isEmpty {
            blocks.append([
                "type": "thinking", "thinking": .string(reply.thinking), "signature": "Er4=",
            ])
        }
        if !reply.pieces.isEmpty {
            blocks.append(["type": "text", "text": .string(reply.text)])
        }
        return blocks
            + reply.calls.map { call in
                [
                    "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
                    "input": call.object,
                ]
            }
    }

    private func anthropicBlockEvents(
        _ block: JSONValue, at index: Int, _ reply: ScriptedReply
    ) -> [JSONValue] {
        let place = JSONValue(index)
        func delta(_ type: String, _ name: String, _ piece: String) -> JSONValue {
            [
                "type": "content_block_delta", "index": place,
                "delta": .object([
                    JSONMember("type", .string(type)), JSONMember(name, .string(piece)),
                ]),
            ]
        }
        var start = block
        var deltas: [JSONValue] = []
        switch block["type"]?.string {
        case "thinking":
            start = start.setting("thinking", to: "").setting("signature", to: "")
            deltas = [
                delta("thinking_delta", "thinking", reply.thinking),
                delta("signature_delta", "signature", "Er4="),
            ]
        case "text":
            start = start.setting("text", to: "")
            deltas = reply.pieces.map { delta("text_delta", "text", $0) }
        default:
            start = start.setting("input", to: [:])
            let call = reply.calls.first { .string($0.id) == block["id"] }
            deltas = ([""] + (call?.pieces ?? [])).map {
                delta("input_json_delta", "partial_json", $0)
            }
        }
        return [["type": "content_block_start", "index": place, "content_block": start]]
            + deltas + [["type": "content_block_stop", "index": place]]
    }

    /// Anthropic counts what is cached apart.
    private func anthropicUsage(_ usage: TokenUsage) -> JSONValue {
        let plain = usage.inputTokens - usage.cachedTokens - usage.cacheWriteTokens
        return [
            "input_tokens": JSONValue(plain),
            "cache_creation_input_tokens": JSONValue(usage.cacheWriteTokens),
            "cache_read_input_tokens": JSONValue(usage.cachedTokens),
            "output_tokens": JSONValue(usage.outputTokens),
            "output_tokens_details": ["thinking_tokens": JSONValue(usage.reasoningTokens)],
            "service_tier": "standard",
        ]
    }
}

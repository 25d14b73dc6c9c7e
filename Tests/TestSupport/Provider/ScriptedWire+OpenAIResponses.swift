import LoreCore

extension ScriptedWire {
    func openAIResponsesFrames(_ reply: ScriptedReply, model: String) -> [ScriptedFrame] {
        let response = openAIResponse(reply, model: model)
        let start = response.setting("status", to: "in_progress").setting("output", to: [])
        var events: [JSONValue] = [
            ["type": "response.created", "response": start],
            ["type": "response.in_progress", "response": start],
        ]
        for (index, item) in openAIItems(reply).enumerated() {
            events += openAIItemEvents(item, at: index, reply)
        }
        let status = response["status"]?.string ?? "completed"
        events.append(["type": "response.\(status)", "response": response])
        return events.enumerated().map { number, event in
            ScriptedFrame(
                name: event["type"]?.string,
                data: event.setting("sequence_number", to: JSONValue(number)))
        }
    }

    func openAIResponse(_ reply: ScriptedReply, model: String) -> JSONValue {
        let reasons: [ScriptedReply.Finish: JSONValue] = [
            .length: "max_output_tokens", .filtered: "content_filter",
        ]
        let reason = reasons[reply.finish]
        return [
            "id": "resp_1", "object": "response", "created_at": 1_795_424_900,
            "status": reason == nil ? "completed" : "incomplete", "error": .null,
            "incomplete_details": reason.map { ["reason": $0] } ?? .null,
            "model": .string(model), "output": .array(openAIItems(reply)),
            "usage": openAIResponseUsage(reply.usage),
        ]
    }

    private func openAIItems(_ reply: ScriptedReply) -> [JSONValue] {
        var items: [JSONValue] = []
        if !reply.thinking.isEmpty {
            items.append([
                "type": "reasoning", "id": "rs_1",
                "summary": [["type": "summary_text", "text": .string(reply.thinking)]],
                "encrypted_content": "gAAA",
            ])
        }
        if !reply.pieces.isEmpty {
            let part: JSONValue =
                reply.finish == .refusal
                ? ["type": "refusal", "refusal": .string(reply.text)]
                : ["type": "output_text", "annotations": [], "text": .string(reply.text)]
            items.append([
                "type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
                "content": [part],
            ])
        }
        return items
            + reply.calls.map { call in
                [
                    "type": "function_call", "id": "fc_\(call.id)", "call_id": .string(call.id),
                    "name": .string(call.name), "arguments": .string(call.arguments),
                    "status": "completed",
                ]
            }
    }

    private func openAIItemEvents(
        _ item: JSONValue, at index: Int, _ reply: ScriptedReply
    ) -> [JSONValue] {
        let place = JSONValue(index)
        let id = item["id"] ?? .null
        func delta(_ type: String, _ piece: String) -> JSONValue {
            [
                "type": .string(type), "item_id": id, "output_index": place, "content_index": 0,
                "delta": .string(piece),
            ]
        }
        var pieces: [JSONValue] = []
        switch item["type"]?.string {
        case "reasoning": pieces = [delta("response.reasoning_summary_text.delta", reply.thinking)]
        case "message":
            let kind = reply.finish == .refusal ? "refusal" : "output_text"
            pieces = reply.pieces.map { delta("response.\(kind).delta", $0) }
        default:
            let call = reply.calls.first { .string($0.id) == item["call_id"] }
            pieces = (call?.pieces ?? []).map {
                delta("response.function_call_arguments.delta", $0)
            }
        }
        return [["type": "response.output_item.added", "output_index": place, "item": item]]
            + pieces
            + [["type": "response.output_item.done", "output_index": place, "item": item]]
    }

    private func openAIResponseUsage(_ usage: TokenUsage) -> JSONValue {
        [
            "input_tokens": JSONValue(usage.inputTokens),
            "input_tokens_details": [
                "cached_tokens": JSONValue(usage.cachedTokens),
                "cache_write_tokens": JSONValue(usage.cacheWriteTokens),
            ],
            "output_tokens": JSONValue(usage.outputTokens),
            "output_tokens_details": ["reasoning_tokens": JSONValue(usage.reasoningTokens)],
            "total_tokens": JSONValue(usage.inputTokens + usage.outputTokens),
        ]
    }
}

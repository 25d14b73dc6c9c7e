import LoreCore

extension ScriptedWire {
    func openAIChatFrames(_ reply: ScriptedReply, model: String) -> [ScriptedFrame] {
        func chunk(_ delta: JSONValue, finish: JSONValue = .null) -> ScriptedFrame {
            let choice: JSONValue = [
                "index": 0, "delta": delta, "logprobs": .null, "finish_reason": finish,
            ]
            return ScriptedFrame(data: openAIChunk([choice], model: model))
        }
        var frames = [chunk(["role": "assistant", "content": "", "refusal": .null])]
        if !reply.thinking.isEmpty {
            frames.append(chunk(["reasoning_content": .string(reply.thinking)]))
        }
        let field = reply.finish == .refusal ? "refusal" : "content"
        frames += reply.pieces.map { chunk(.object([JSONMember(field, .string($0))])) }
        for (index, call) in reply.calls.enumerated() {
            frames += openAICallDeltas(call, index: index).map { chunk(["tool_calls": [$0]]) }
        }
        frames.append(chunk([:], finish: .string(openAIFinish(reply))))
        let usage = openAIUsage(reply.usage)
        frames.append(
            ScriptedFrame(data: openAIChunk([], model: model).setting("usage", to: usage)))
        return frames
    }

    func openAIChatWhole(_ reply: ScriptedReply, model: String) -> JSONValue {
        let isRefusal = reply.finish == .refusal
        let calls: [JSONValue] = reply.calls.map { call in
            [
                "id": .string(call.id), "type": "function",
                "function": [
                    "name": .string(call.name), "arguments": .string(call.arguments),
                ],
            ]
        }
        let message = JSONValue.compact([
            "role": "assistant",
            "content": reply.text.isEmpty || isRefusal ? .null : .string(reply.text),
            "reasoning_content": reply.thinking.isEmpty ? nil : .string(reply.thinking),
            "refusal": isRefusal ? .string(reply.text) : .null, "annotations": [],
            "tool_calls": calls.isEmpty ? nil : .array(calls),
        ])
        return [
            "id": "chatcmpl-1", "object": "chat.completion", "created": 1_795_424_900,
            "model": .string(model),
            "choices": [
                [
                    "index": 0, "finish_reason": .string(openAIFinish(reply)), "logprobs": .null,
                    "message": message,
                ]
            ],
            "usage": openAIUsage(reply.usage),
        ]
    }

    private func openAIChunk(_ choices: [JSONValue], model: String) -> JSONValue {
        [
            "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_424_900,
            "model": .string(model), "choices": .array(choices), "usage": .null,
        ]
    }

    private func openAICallDeltas(_ call: ScriptedReply.Call, index: Int) -> [JSONValue] {
        let start: JSONValue = [
            "index": JSONValue(index), "id": .string(call.id), "type": "function",
            "function": ["name": .string(call.name), "arguments": ""],
        ]
        return [start]
            + call.pieces.map {
                ["index": JSONValue(index), "function": ["arguments": .string($0)]]
            }
    }

    private func openAIFinish(_ reply: ScriptedReply) -> String {
        switch reply.finish {
        case .stop, .refusal: reply.calls.isEmpty ? "stop" : "tool_calls"
        case .length: "length"
        case .filtered: "content_filter"
        }
    }

    private func openAIUsage(_ usage: TokenUsage) -> JSONValue {
        [
            "prompt_tokens": JSONValue(usage.inputTokens),
            "completion_tokens": JSONValue(usage.outputTokens),
            "total_tokens": JSONValue(usage.inputTokens + usage.outputTokens),
            "prompt_tokens_details": [
                "cached_tokens": JSONValue(usage.cachedTokens),
                "cache_write_tokens": JSONValue(usage.cacheWriteTokens),
            ],
            "completion_tokens_details": ["reasoning_tokens": JSONValue(usage.reasoningTokens)],
        ]
    }
}

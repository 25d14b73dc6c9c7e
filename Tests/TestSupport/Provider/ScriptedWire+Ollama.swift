import LoreCore

extension ScriptedWire {
    func ollamaFrames(_ reply: ScriptedReply, model: String) -> [ScriptedFrame] {
        var messages: [JSONValue] = []
        if !reply.thinking.isEmpty {
            messages.append([
                "role": "assistant", "content": "", "thinking": .string(reply.thinking),
            ])
        }
        messages += reply.pieces.map { ["role": "assistant", "content": .string($0)] }
        if !reply.calls.isEmpty {
            messages.append([
                "role": "assistant", "content": "",
                "tool_calls": .array(ollamaCalls(reply)),
            ])
        }
        let lines = messages.map { ollamaLine($0, model: model).setting("done", to: false) }
        let last = ollamaEnd(reply, ["role": "assistant", "content": ""], model: model)
        return (lines + [last]).map { ScriptedFrame(data: $0) }
    }

    func ollamaWhole(_ reply: ScriptedReply, model: String) -> JSONValue {
        let message = JSONValue.compact([
            "role": "assistant", "content": .string(reply.text),
            "thinking": reply.thinking.isEmpty ? nil : .string(reply.thinking),
            "tool_calls": reply.calls.isEmpty ? nil : .array(ollamaCalls(reply)),
        ])
        return ollamaEnd(reply, message, model: model)
    }

    private func ollamaCalls(_ reply: ScriptedReply) -> [JSONValue] {
        reply.calls.enumerated().map { index, call in
            [
                "id": .string(call.id),
                "function": [
                    "index": JSONValue(index), "name": .string(call.name),
                    "arguments": call.object,
                ],
            ]
        }
    }

    private func ollamaLine(_ message: JSONValue, model: String) -> JSONValue {
        [
            "model": .string(model), "created_at": "2026-11-23T10:00:00Z", "message": message,
        ]
    }

    private func ollamaEnd(
        _ reply: ScriptedReply, _ message: JSONValue, model: String
    ) -> JSONValue {
        ollamaLine(message, model: model)
            .setting("done", to: true)
            .setting("done_reason", to: reply.finish == .length ? "length" : "stop")
            .setting("total_duration", to: 1)
            .setting("prompt_eval_count", to: JSONValue(reply.usage.inputTokens))
            .setting("eval_count", to: JSONValue(reply.usage.outputTokens))
    }
}

import LoreCore

extension ScriptedWire {
    func geminiFrames(_ reply: ScriptedReply, model: String) -> [ScriptedFrame] {
        let parts = geminiParts(reply, pieces: reply.pieces)
        let events = parts.enumerated().map { index, part in
            geminiDocument([part], reply, model: model, isLast: index == parts.count - 1)
        }
        let whole = parts.isEmpty ? [geminiDocument([], reply, model: model, isLast: true)] : []
        return (events + whole).map { ScriptedFrame(data: $0) }
    }

    func geminiWhole(_ reply: ScriptedReply, model: String) -> JSONValue {
        let pieces = reply.pieces.isEmpty ? [] : [reply.text]
        return geminiDocument(
            geminiParts(reply, pieces: pieces), reply, model: model, isLast: true)
    }

    private func geminiParts(_ reply: ScriptedReply, pieces: [String]) -> [JSONValue] {
        let thoughts: [JSONValue] =
            reply.thinking.isEmpty ? [] : [["text": .string(reply.thinking), "thought": true]]
        let texts: [JSONValue] = pieces.map { ["text": .string($0)] }
        let calls: [JSONValue] = reply.calls.enumerated().map { index, call in
            .compact([
                "functionCall": [
                    "id": .string(call.id), "name": .string(call.name), "args": call.object,
                ],
                "thoughtSignature": index == 0 ? "c2ln" : nil,
            ])
        }
        return thoughts + texts + calls
    }

    private func geminiDocument(
        _ parts: [JSONValue], _ reply: ScriptedReply, model: String, isLast: Bool
    ) -> JSONValue {
        let reason: JSONValue
        switch reply.finish {
        case .stop, .refusal: reason = "STOP"
        case .length: reason = "MAX_TOKENS"
        case .filtered: reason = "SAFETY"
        }
        return [
            "candidates": [
                .compact([
                    "content": ["role": "model", "parts": .array(parts)],
                    "finishReason": isLast ? reason : nil, "index": 0,
                ])
            ],
            "usageMetadata": geminiUsage(reply.usage, isLast: isLast),
            "modelVersion": .string(model), "responseId": "r1",
        ]
    }

    /// Thoughts are counted apart from the candidates' tokens.
    private func geminiUsage(_ usage: TokenUsage, isLast: Bool) -> JSONValue {
        let output = usage.outputTokens - usage.reasoningTokens
        return [
            "promptTokenCount": JSONValue(usage.inputTokens),
            "cachedContentTokenCount": JSONValue(usage.cachedTokens),
            "candidatesTokenCount": JSONValue(isLast ? output : 1),
            "thoughtsTokenCount": JSONValue(usage.reasoningTokens),
            "totalTokenCount": JSONValue(usage.inputTokens + usage.outputTokens),
        ]
    }
}

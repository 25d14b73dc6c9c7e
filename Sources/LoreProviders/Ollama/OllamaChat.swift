import LoreCore

/// Ollama's own chat.
///
/// Its compatible interface cannot set the context, and cuts what is longer without a word.
struct OllamaChat: ChatDialect {
    var name: String { "ollama" }
    var framing: ReplyFrames.Form { .lines }

    /// Room for a reply whose limit nobody set.
    private static let defaultReplyTokens = 1024
    private static let smallestContext = 4096

    func encode(
        _ request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?
    ) -> WireRequest {
        let (parameters, notices) = model.accepted(request.parameters)
        let body = JSONValue.compact([
            "model": .string(model.name), "messages": .array(messages(of: request)),
            "tools": tools(request),
            "format": request.schema?.schema,
            "think": parameters.effort.map { think($0, model: model.name) },
            "stream": true,
            // Too long is to be an error, not a cut.
            "truncate": false, "shift": false,
            "options": .compact([
                "num_ctx": JSONValue(context(for: request, parameters, model)),
                "num_predict": parameters.maxTokens.map { JSONValue($0) },
                "temperature": parameters.temperature.map { JSONValue($0) },
                "stop": list(parameters.stop),
            ]),
        ])
        return WireRequest(path: "/api/chat", body: body, notices: notices)
    }

    func decoder(for request: ChatRequest) -> any ReplyDecoder {
        OllamaDecoder(sentBytes: request.textBytes)
    }

    /// The context that holds prompt and reply, within the model's own.
    ///
    /// It grows by doubling: each other size makes the server load the model again.
    private func context(
        for request: ChatRequest, _ parameters: ChatParameters, _ model: ModelProfile
    ) -> Int {
        let reply = parameters.maxTokens ?? Self.defaultReplyTokens
        let needed = TokenEstimate.most(bytes: request.textBytes) + reply
        var context = Self.smallestContext
        while context < needed { context *= 2 }
        return model.window.map { min($0, context) } ?? context
    }

    private func messages(of request: ChatRequest) -> [JSONValue] {
        let system: JSONValue = ["role": "system", "content": .string(request.system)]
        return (request.system.isEmpty ? [] : [system]) + request.messages.flatMap(messages)
    }

    private func messages(of turn: ChatMessage) -> [JSONValue] {
        let results: [JSONValue] = turn.toolResults.map { result in
            [
                "role": "tool", "tool_name": .string(result.name),
                "tool_call_id": .string(result.callID), "content": .string(result.content),
            ]
        }
        let (text, calls) = (turn.text, turn.toolCalls)
        if text.isEmpty && calls.isEmpty { return results }
        return results + [
            .compact([
                "role": .string(turn.role.rawValue), "content": .string(text),
                "tool_calls": calls.isEmpty ? nil : .array(calls.map(wireCall)),
            ])
        ]
    }

    private func wireCall(_ call: ToolCall) -> JSONValue {
        [
            "id": .string(call.id),
            "function": ["name": .string(call.name), "arguments": call.argumentObject],
        ]
    }

    /// Ollama lets no one choose a tool: without a choice there are none.
    private func tools(_ request: ChatRequest) -> JSONValue? {
        guard request.toolChoice != .none, !request.tools.isEmpty else { return nil }
        return .array(
            request.tools.map { tool in
                [
                    "type": "function",
                    "function": [
                        "name": .string(tool.name), "description": .string(tool.description),
                        "parameters": tool.parameters,
                    ],
                ]
            })
    }

    /// One family takes degrees, all others yes or no.
    private func think(_ effort: Effort, model: String) -> JSONValue {
        if effort == .none { return false }
        guard model.contains("gpt-oss") else { return true }
        switch effort {
        case .none, .minimal, .low: return "low"
        case .medium: return "medium"
        case .high, .xhigh, .max: return "high"
        }
    }
}

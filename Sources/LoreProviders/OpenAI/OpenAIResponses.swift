import LoreCore

/// OpenAI's Responses, without state at OpenAI: every request carries the whole conversation.
struct OpenAIResponses: ChatDialect {
    var name: String { "openai-responses" }
    var framing: ReplyFrames.Form { .serverSentEvents }

    func encode(
        _ request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?
    ) -> WireRequest {
        var (parameters, notices) = model.accepted(request.parameters)
        if !parameters.stop.isEmpty {
            parameters.stop = []
            notices.append(.parameterDropped("stop", model: model.name))
        }
        let body = JSONValue.compact([
            "model": .string(model.name),
            "instructions": request.system.isEmpty ? nil : .string(request.system),
            "input": .array(request.messages.flatMap { items(of: $0, model: model) }),
            "max_output_tokens": parameters.maxTokens.map { JSONValue($0) },
            "temperature": parameters.temperature.map { JSONValue($0) },
            "reasoning": parameters.effort.map { ["effort": .string($0.rawValue)] },
            "tools": request.tools.isEmpty ? nil : .array(request.tools.map(tool)),
            "tool_choice": request.tools.isEmpty ? nil : choice(request.toolChoice),
            "text": request.schema.map { ["format": format($0)] },
            "stream": true, "store": false, "include": ["reasoning.encrypted_content"],
            "prompt_cache_key": request.cacheKey.map { .string($0) },
        ])
        return WireRequest(path: "/responses", body: body, notices: notices)
    }

    func decoder(for request: ChatRequest) -> any ReplyDecoder { OpenAIResponsesDecoder() }

    private func items(of turn: ChatMessage, model: ModelProfile) -> [JSONValue] {
        if let items = original(of: turn, for: model)?.elements { return items }
        return turn.parts.map { part in
            switch part {
            case .text(let text):
                [
                    "type": "message", "role": .string(turn.role.rawValue),
                    "content": .string(text),
                ]
            case .toolCall(let call):
                [
                    "type": "function_call", "call_id": .string(call.id),
                    "name": .string(call.name),
                    "arguments": .string(call.argumentText.isEmpty ? "{}" : call.argumentText),
                ]
            case .toolResult(let result):
                [
                    "type": "function_call_output", "call_id": .string(result.callID),
                    "output": .string(result.content),
                ]
            }
        }
    }

    private func tool(_ tool: ToolDefinition) -> JSONValue {
        [
            "type": "function", "name": .string(tool.name),
            "description": .string(tool.description), "parameters": tool.parameters,
            "strict": false,
        ]
    }

    private func choice(_ choice: ToolChoice) -> JSONValue? {
        switch choice {
        case .auto: nil
        case .none: "none"
        case .required: "required"
        case .named(let name): ["type": "function", "name": .string(name)]
        }
    }

    private func format(_ schema: ReplySchema) -> JSONValue {
        [
            "type": "json_schema", "name": .string(schema.name), "schema": schema.schema,
            "strict": true,
        ]
    }
}

extension ChatDialect {
    /// The turn as the provider sent it, where this protocol and this model made it.
    func original(of turn: ChatMessage, for model: ModelProfile) -> JSONValue? {
        guard let original = turn.original, original.dialect == name,
            original.model == model.name
        else { return nil }
        return original.content
    }
}

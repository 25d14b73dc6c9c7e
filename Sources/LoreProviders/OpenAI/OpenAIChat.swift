import LoreCore

/// OpenAI's Chat Completions, which many servers speak in flavours of their own.
struct OpenAIChat: ChatDialect {
    let flavour: OpenAIFlavour

    var name: String { "openai-chat" }
    var framing: ReplyFrames.Form { .serverSentEvents }

    func encode(
        _ request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?
    ) -> WireRequest {
        let (parameters, notices) = model.accepted(request.parameters)
        var body: JSONValue = [
            "model": .string(model.name), "messages": .array(messages(of: request)),
        ]
        func set(_ name: String, _ value: JSONValue?) {
            if let value { body = body.setting(name, to: value) }
        }
        set(flavour.limitField, parameters.maxTokens.map { JSONValue($0) })
        set("temperature", parameters.temperature.map { JSONValue($0) })
        set("stop", list(parameters.stop))
        set("reasoning_effort", parameters.effort.map { .string($0.rawValue) })
        if !request.tools.isEmpty {
            set("tools", .array(request.tools.map(tool)))
            set("tool_choice", flavour.takesToolChoice ? choice(request.toolChoice) : nil)
        }
        set("response_format", request.schema.map(responseFormat))
        set("stream", true)
        set("stream_options", flavour.streamOptions)
        if flavour.isOpenAI {
            set("store", false)
            set("prompt_cache_key", request.cacheKey.map { .string($0) })
        }
        return WireRequest(path: "/chat/completions", body: body, notices: notices)
    }

    func decoder(for request: ChatRequest) -> any ReplyDecoder { OpenAIChatDecoder() }

    private func messages(of request: ChatRequest) -> [JSONValue] {
        let system: JSONValue = [
            "role": .string(flavour.systemRole), "content": .string(request.system),
        ]
        return (request.system.isEmpty ? [] : [system]) + request.messages.flatMap(messages)
    }

    /// Results of tools are messages of their own, before what else the turn says.
    private func messages(of turn: ChatMessage) -> [JSONValue] {
        let results: [JSONValue] = turn.toolResults.map { result in
            [
                "role": "tool", "tool_call_id": .string(flavour.callID(result.callID)),
                "content": .string(result.content),
            ]
        }
        let (text, calls) = (turn.text, turn.toolCalls)
        if text.isEmpty && calls.isEmpty { return results }
        return results + [
            .compact([
                "role": .string(turn.role.rawValue),
                "content": text.isEmpty ? .null : .string(text),
                "tool_calls": calls.isEmpty ? nil : .array(calls.map(wireCall)),
            ])
        ]
    }

    private func wireCall(_ call: ToolCall) -> JSONValue {
        [
            "id": .string(flavour.callID(call.id)), "type": "function",
            "function": [
                "name": .string(call.name),
                "arguments": .string(call.argumentText.isEmpty ? "{}" : call.argumentText),
            ],
        ]
    }

    private func tool(_ tool: ToolDefinition) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": .string(tool.name), "description": .string(tool.description),
                "parameters": tool.parameters,
            ],
        ]
    }

    private func choice(_ choice: ToolChoice) -> JSONValue? {
        switch choice {
        case .auto: nil
        case .none: "none"
        case .required: "required"
        case .named(let name): ["type": "function", "function": ["name": .string(name)]]
        }
    }

    private func responseFormat(_ schema: ReplySchema) -> JSONValue {
        [
            "type": "json_schema",
            "json_schema": [
                "name": .string(schema.name), "schema": schema.schema, "strict": true,
            ],
        ]
    }
}

/// A list of texts; `nil` where there is none, for providers that refuse an empty one.
func list(_ texts: [String]) -> JSONValue? {
    texts.isEmpty ? nil : .array(texts.map { .string($0) })
}

import LoreCore

/// Anthropic's Messages.
struct AnthropicMessages: ChatDialect {
    var name: String { "anthropic" }
    var framing: ReplyFrames.Form { .serverSentEvents }

    /// What a reply may have where nobody said: the field is required.
    private static let defaultMaxTokens = 4096

    func encode(
        _ request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?
    ) -> WireRequest {
        var model = model
        // This version of the interface refuses sampling parameters whatever the model.
        model.refuses.insert(.temperature)
        let (parameters, dropped) = model.accepted(request.parameters)
        let (choice, droppedChoice) = model.accepted(request.toolChoice)
        let limit = parameters.maxTokens ?? model.maxOutput ?? Self.defaultMaxTokens
        let body = JSONValue.compact([
            "model": .string(model.name), "max_tokens": JSONValue(limit),
            "system": system(request),
            "messages": .array(messages(of: request, for: model, resuming: continuation)),
            "tools": tools(request),
            "tool_choice": request.tools.isEmpty ? nil : self.choice(choice),
            "stop_sequences": list(parameters.stop),
            "output_config": outputConfiguration(parameters, request.schema),
            "stream": true,
        ])
        return WireRequest(
            path: "/v1/messages", body: body, notices: dropped + droppedChoice)
    }

    func decoder(for request: ChatRequest) -> any ReplyDecoder { AnthropicDecoder() }

    private func system(_ request: ChatRequest) -> JSONValue? {
        guard !request.system.isEmpty else { return nil }
        return [cached(["type": "text", "text": .string(request.system)])]
    }

    /// The provider caches what stands before a mark: tools, then instructions, then turns.
    private func tools(_ request: ChatRequest) -> JSONValue? {
        var tools: [JSONValue] = request.tools.map { tool in
            [
                "name": .string(tool.name), "description": .string(tool.description),
                "input_schema": tool.parameters,
            ]
        }
        guard let last = tools.popLast() else { return nil }
        return .array(tools + [request.system.isEmpty ? cached(last) : last])
    }

    private func messages(
        of request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?
    ) -> [JSONValue] {
        // All but a new question comes again in the next request.
        let isLoop = request.messages.last.map { !$0.toolResults.isEmpty } ?? false
        let marked = isLoop ? request.messages.count - 1 : request.messages.count - 2
        let turns: [JSONValue] = request.messages.enumerated().compactMap { index, turn in
            let blocks = blocks(of: turn, for: model)
            guard !blocks.isEmpty else { return nil }
            return message(turn.role, index == marked ? cachedAtEnd(blocks) : blocks)
        }
        return turns + (continuation.map { [message(.assistant, $0.elements ?? [])] } ?? [])
    }

    private func message(_ role: ChatMessage.Role, _ blocks: [JSONValue]) -> JSONValue {
        ["role": .string(role.rawValue), "content": .array(blocks)]
    }

    private func blocks(of turn: ChatMessage, for model: ModelProfile) -> [JSONValue] {
        if let blocks = original(of: turn, for: model)?.elements { return blocks }
        return turn.parts.compactMap(block)
    }

    private func block(_ part: ChatPart) -> JSONValue? {
        switch part {
        case .text(let text): text.isEmpty ? nil : ["type": "text", "text": .string(text)]
        case .toolCall(let call):
            [
                "type": "tool_use", "id": .string(call.id), "name": .string(call.name),
                "input": call.argumentObject,
            ]
        case .toolResult(let result):
            .compact([
                "type": "tool_result", "tool_use_id": .string(result.callID),
                "content": .string(result.content), "is_error": result.isError ? true : nil,
            ])
        }
    }

    private func cached(_ block: JSONValue) -> JSONValue {
        block.setting("cache_control", to: ["type": "ephemeral"])
    }

    /// Thinking takes no mark.
    private func cachedAtEnd(_ blocks: [JSONValue]) -> [JSONValue] {
        var blocks = blocks
        guard let last = blocks.popLast() else { return [] }
        let kind = last["type"]?.string ?? ""
        return blocks + [kind.hasSuffix("thinking") ? last : cached(last)]
    }

    private func choice(_ choice: ToolChoice) -> JSONValue? {
        switch choice {
        case .auto: nil
        case .none: ["type": "none"]
        case .required: ["type": "any"]
        case .named(let name): ["type": "tool", "name": .string(name)]
        }
    }

    private func outputConfiguration(
        _ parameters: ChatParameters, _ schema: ReplySchema?
    ) -> JSONValue? {
        if parameters.effort == nil && schema == nil { return nil }
        return .compact([
            "effort": parameters.effort.map { .string($0.rawValue) },
            "format": schema.map { ["type": "json_schema", "schema": unbounded($0.schema)] },
        ])
    }

    /// Bounds that the provider refuses to hold a reply to; the other kinds of bounds it takes.
    private static let refusedBounds: Set = [
        "maxItems", "minimum", "maximum", "multipleOf", "minLength", "maxLength",
    ]

    /// `schema` without them, as the provider's own library sends it.
    private func unbounded(_ schema: JSONValue) -> JSONValue {
        switch schema {
        case .array(let parts): .array(parts.map(unbounded))
        case .object(let members):
            .object(
                members.filter { !isRefused($0) }.map {
                    JSONMember($0.name, unbounded($0.value))
                })
        case .null, .bool, .number, .string: schema
        }
    }

    private func isRefused(_ member: JSONMember) -> Bool {
        // A property may be called so; then its value is a schema.
        Self.refusedBounds.contains(member.name) && member.value.double != nil
            || member.name == "minItems" && (member.value.double ?? 0) > 1
    }
}

extension ToolCall {
    /// The arguments as an object, for protocols that know no other form; empty where the model
    /// wrote none that can be read.
    var argumentObject: JSONValue {
        // The call's result has told the model of its mistake.
        (try? arguments()) ?? .object([])
    }
}

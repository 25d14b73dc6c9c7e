import LoreCore

/// Gemini's generateContent, streamed.
struct GeminiGenerate: ChatDialect {
    var name: String { "gemini" }
    var framing: ReplyFrames.Form { .serverSentEvents }

    /// In place of the signature of a call that Gemini did not make itself.
    private static let noSignature: JSONValue = "skip_thought_signature_validator"

    func encode(
        _ request: ChatRequest, for model: ModelProfile, resuming continuation: JSONValue?
    ) -> WireRequest {
        let (parameters, notices) = model.accepted(request.parameters)
        let body = JSONValue.compact([
            "systemInstruction": request.system.isEmpty
                ? nil : ["parts": [["text": .string(request.system)]]],
            "contents": .array(request.messages.compactMap { content(of: $0, for: model) }),
            "tools": request.tools.isEmpty
                ? nil : [["functionDeclarations": .array(request.tools.map(declaration))]],
            "toolConfig": request.tools.isEmpty
                ? nil : toolConfiguration(request.toolChoice),
            "generationConfig": generationConfiguration(parameters, request.schema),
            "continuationToken": continuation,
        ])
        // Names that move with the newest model are known to the newer version alone.
        let version = model.name.hasSuffix("-latest") ? "v1beta" : "v1"
        return WireRequest(
            path: "/\(version)/models/\(model.name):streamGenerateContent?alt=sse", body: body,
            notices: notices)
    }

    func decoder(for request: ChatRequest) -> any ReplyDecoder { GeminiDecoder() }

    private func content(of turn: ChatMessage, for model: ModelProfile) -> JSONValue? {
        let role: JSONValue = turn.role == .user ? "user" : "model"
        if let parts = original(of: turn, for: model) { return ["role": role, "parts": parts] }
        var parts: [JSONValue] = []
        var hasCalls = false
        for part in turn.parts {
            guard let wire = wirePart(part, isFirstCall: !hasCalls, model: model) else { continue }
            if case .toolCall = part { hasCalls = true }
            parts.append(wire)
        }
        return parts.isEmpty ? nil : ["role": role, "parts": .array(parts)]
    }

    private func wirePart(
        _ part: ChatPart, isFirstCall: Bool, model: ModelProfile
    ) -> JSONValue? {
        switch part {
        case .text(let text): return text.isEmpty ? nil : ["text": .string(text)]
        case .toolCall(let call):
            let needsSignature = isFirstCall && !model.name.hasPrefix("gemini-2")
            return .compact([
                "functionCall": .compact([
                    "id": GeminiCallID.wireID(of: call.id), "name": .string(call.name),
                    "args": call.argumentObject,
                ]),
                "thoughtSignature": needsSignature ? Self.noSignature : nil,
            ])
        case .toolResult(let result):
            let field = result.isError ? "error" : "output"
            return [
                "functionResponse": .compact([
                    "id": GeminiCallID.wireID(of: result.callID), "name": .string(result.name),
                    "response": .object([JSONMember(field, .string(result.content))]),
                ])
            ]
        }
    }

    private func declaration(_ tool: ToolDefinition) -> JSONValue {
        [
            "name": .string(tool.name), "description": .string(tool.description),
            "parametersJsonSchema": tool.parameters,
        ]
    }

    private func toolConfiguration(_ choice: ToolChoice) -> JSONValue? {
        let mode: JSONValue
        switch choice {
        case .auto: return nil
        case .none: mode = ["mode": "NONE"]
        case .required: mode = ["mode": "ANY"]
        case .named(let name): mode = ["mode": "ANY", "allowedFunctionNames": [.string(name)]]
        }
        return ["functionCallingConfig": mode]
    }

    private func generationConfiguration(
        _ parameters: ChatParameters, _ schema: ReplySchema?
    ) -> JSONValue? {
        let configuration = JSONValue.compact([
            "temperature": parameters.temperature.map { JSONValue($0) },
            "maxOutputTokens": parameters.maxTokens.map { JSONValue($0) },
            "stopSequences": list(parameters.stop),
            "responseMimeType": schema == nil ? nil : "application/json",
            "responseJsonSchema": schema?.schema,
            "thinkingConfig": parameters.effort.map {
                ["thinkingLevel": .string($0.rawValue.uppercased())]
            },
        ])
        return configuration == .object([]) ? nil : configuration
    }
}

/// The id of a call to which Gemini gave none: lore's own, which never goes over the wire.
enum GeminiCallID {
    private static let prefix = "gemini-call-"

    static func make(_ number: Int) -> String { "\(prefix)\(number)" }

    /// `nil` where lore made the id itself.
    static func wireID(of id: String) -> JSONValue? { id.hasPrefix(prefix) ? nil : .string(id) }
}

import LoreCore

/// The lists of models.
extension ScriptedWire {
    /// The protocol of a request for a list of models; two share a path, and differ in how they carry
    /// the key.
    init?(listing request: LoopbackRequest) {
        switch request.path {
        case "/models": self = .openAIChat
        case "/api/tags": self = .ollama
        case "/v1/models" where request.headers["x-api-key"] != nil: self = .anthropic
        case "/v1/models" where request.headers["x-goog-api-key"] != nil: self = .gemini
        case "/v1/models": self = .openAIChat
        default: return nil
        }
    }

    func models(_ names: [String]) -> JSONValue {
        switch self {
        case .openAIChat, .openAIResponses:
            return [
                "object": "list",
                "data": .array(
                    names.map {
                        [
                            "id": .string($0), "object": "model", "created": 1_795_424_900,
                            "owned_by": "system",
                        ]
                    }),
            ]
        case .anthropic:
            return [
                "data": .array(
                    names.map {
                        [
                            "type": "model", "id": .string($0), "display_name": .string($0),
                            "created_at": "2026-11-23T10:00:00Z",
                        ]
                    }),
                "has_more": false, "first_id": names.first.map { .string($0) } ?? .null,
                "last_id": names.last.map { .string($0) } ?? .null,
            ]
        case .gemini:
            return ["models": .array(names.map { ["name": .string("models/\($0)")] })]
        case .ollama:
            return [
                "models": .array(names.map { ["name": .string($0), "model": .string($0)] })
            ]
        }
    }
}

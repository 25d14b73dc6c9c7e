import LoreCore

/// An error that a provider may answer with.
public enum ScriptedFailure: Sendable, CaseIterable {
    case wrongKey, noPermission, unknownModel, badRequest, contextTooLong, filtered, rateLimited,
        quotaSpent, overloaded, serverFailure

    /// Status and body in the protocol's own form.
    func response(in wire: ScriptedWire) -> (Int, JSONValue) {
        switch wire {
        case .openAIChat, .openAIResponses:
            let (status, error) = openAI(wire)
            return (status, ["error": error])
        case .anthropic:
            let (status, error) = anthropic
            return (status, ["type": "error", "error": error, "request_id": "req_1"])
        case .gemini: return gemini
        case .ollama: return ollama
        }
    }

    /// The error as an event of a stream that began well.
    func frame(in wire: ScriptedWire) -> ScriptedFrame {
        let body = response(in: wire).1
        switch wire {
        case .openAIChat, .gemini, .ollama: return ScriptedFrame(data: body)
        case .openAIResponses:
            let error = body["error"] ?? .null
            return ScriptedFrame(
                name: "error",
                data: [
                    "type": "error", "code": error["code"] ?? .null,
                    "message": error["message"] ?? .null, "param": .null, "sequence_number": 2,
                ])
        case .anthropic: return ScriptedFrame(name: "error", data: body)
        }
    }

    private func openAI(_ wire: ScriptedWire) -> (Int, JSONValue) {
        func error(_ type: String, _ code: String?, _ message: String, _ param: String? = nil)
            -> JSONValue
        {
            [
                "message": .string(message), "type": .string(type),
                "param": param.map { .string($0) } ?? .null,
                "code": code.map { .string($0) } ?? .null,
            ]
        }
        let invalid = "invalid_request_error"
        switch self {
        case .wrongKey:
            return (
                401, error(invalid, "invalid_api_key", "Incorrect API key provided: sk-test.")
            )
        case .noPermission:
            return (
                403,
                error(
                    "request_forbidden", "unsupported_country_region_territory",
                    "Country, region, or territory not supported")
            )
        case .unknownModel:
            return (404, error(invalid, "model_not_found", "The model `m` does not exist"))
        case .badRequest:
            return (
                400, error(invalid, "unsupported_value", "Unsupported value: 7", "temperature")
            )
        case .contextTooLong:
            let message =
                wire == .openAIResponses
                ? "Your input exceeds the context window of this model. "
                    + "Please adjust your input and try again."
                : "This model's maximum context length is 8 tokens. "
                    + "However, your messages resulted in 9 tokens."
            return (400, error(invalid, "context_length_exceeded", message, "messages"))
        case .filtered: return (400, error(invalid, "content_filter", "Filtered"))
        case .rateLimited:
            return (429, error("requests", "rate_limit_exceeded", "Rate limit reached"))
        case .quotaSpent:
            return (
                429,
                error("insufficient_quota", "insufficient_quota", "You exceeded your quota")
            )
        case .overloaded: return (503, error("server_error", nil, "Overloaded"))
        case .serverFailure:
            return (500, error("server_error", "server_error", "The server had an error"))
        }
    }

    private var anthropic: (Int, JSONValue) {
        func error(_ type: String, _ message: String) -> JSONValue {
            ["type": .string(type), "message": .string(message)]
        }
        switch self {
        case .wrongKey: return (401, error("authentication_error", "invalid x-api-key"))
        case .noPermission: return (403, error("permission_error", "Not allowed"))
        case .unknownModel: return (404, error("not_found_error", "model: m"))
        case .badRequest: return (400, error("invalid_request_error", "temperature: Extra inputs"))
        case .contextTooLong:
            return (
                400,
                error("invalid_request_error", "prompt is too long: 9 tokens > 8 maximum")
            )
        case .filtered: return (400, error("content_filter", "Filtered"))
        case .rateLimited: return (429, error("rate_limit_error", "Too many requests"))
        case .quotaSpent:
            let details: JSONValue = ["error_code": "enforced_spend_limit_reached"]
            return (
                429,
                error("rate_limit_error", "Spend limit").setting("details", to: details)
            )
        case .overloaded: return (529, error("overloaded_error", "Overloaded"))
        case .serverFailure: return (500, error("api_error", "Internal server error"))
        }
    }

    private var gemini: (Int, JSONValue) {
        func body(
            _ code: Int, _ status: String, _ message: String, details: JSONValue? = nil
        ) -> (Int, JSONValue) {
            let error = JSONValue.compact([
                "code": JSONValue(code), "message": .string(message), "status": .string(status),
                "details": details,
            ])
            return (code, ["error": error])
        }
        let types = "type.googleapis.com/google.rpc."
        switch self {
        case .wrongKey:
            let details: JSONValue = [
                ["@type": "\(types)ErrorInfo", "reason": "API_KEY_INVALID"]
            ]
            return body(400, "INVALID_ARGUMENT", "API key not valid.", details: details)
        case .noPermission: return body(403, "PERMISSION_DENIED", "Not allowed")
        case .unknownModel: return body(404, "NOT_FOUND", "models/m is not found")
        case .badRequest: return body(400, "INVALID_ARGUMENT", "Invalid value")
        case .contextTooLong:
            return body(
                400, "INVALID_ARGUMENT",
                "The input token count (9) exceeds the maximum number of tokens allowed (8).")
        case .filtered: return body(400, "content_filter", "Filtered")
        case .rateLimited:
            let details: JSONValue = [["@type": "\(types)RetryInfo", "retryDelay": "7s"]]
            return body(429, "RESOURCE_EXHAUSTED", "Slow down", details: details)
        case .quotaSpent:
            let details: JSONValue = [
                [
                    "@type": "\(types)QuotaFailure",
                    "violations": [["quotaId": "GenerateRequestsPerDayPerProject"]],
                ]
            ]
            return body(429, "RESOURCE_EXHAUSTED", "Quota", details: details)
        case .overloaded: return body(503, "UNAVAILABLE", "The model is overloaded")
        case .serverFailure: return body(500, "INTERNAL", "Internal error")
        }
    }

    private var ollama: (Int, JSONValue) {
        switch self {
        case .wrongKey: (401, ["error": "unauthorized", "signin_url": "http://example.org"])
        case .noPermission: (403, ["error": "forbidden"])
        case .unknownModel: (404, ["error": "model 'm' not found"])
        case .badRequest: (400, ["error": "m does not support thinking"])
        case .contextTooLong:
            (
                400,
                [
                    "error": """
                    the prompt is longer than the context length currently available to the model
                    """
                ]
            )
        case .filtered: (400, ["error": ["code": "content_filter", "message": "Filtered"]])
        case .rateLimited: (429, ["error": "too many requests"])
        case .quotaSpent: (402, ["error": "subscription required"])
        case .overloaded: (503, ["error": "server busy"])
        case .serverFailure: (500, ["error": "llama runner process has terminated"])
        }
    }
}

import LoreCore

extension FailureReport {
    /// The kind of failure, told apart by one table for all providers; `key` is what must not show
    /// in the provider's own words.
    func providerError(provider: String, model: String, key: APIKey?) -> ProviderError {
        let reason = ProviderReason(message, withoutKey: key)
        if isContextTooLong { return .contextTooLong(provider: provider, model: model) }
        if isQuotaSpent { return .quotaSpent(provider: provider) }
        if isWrongKey { return .wrongKey(provider: provider) }
        if isOne(of: [403], ["permission_error", "PERMISSION_DENIED"]) {
            return .noPermission(provider: provider, reason: reason)
        }
        if isOne(of: [404], ["not_found_error", "NOT_FOUND", "model_not_found"]) {
            return .unknownModel(provider: provider, model: model)
        }
        if isOne(of: [], ["content_filter", "content_policy_violation", "invalid_prompt"]) {
            return .filtered(provider: provider, reason: reason)
        }
        return transientError(provider: provider)
            ?? .badRequest(provider: provider, reason: reason)
    }

    /// Whether the provider does not take back its own thinking, because what came before changed.
    var isStaleThinking: Bool {
        let words = message?.lowercased() ?? ""
        return code == "invalid_encrypted_content"
            || status == 400 && words.contains("signature") && words.contains("thinking")
    }

    private func transientError(provider: String) -> ProviderError? {
        if isOne(
            of: [429, 498], ["rate_limit_error", "rate_limit_exceeded", "RESOURCE_EXHAUSTED"])
        {
            return .rateLimited(provider: provider)
        }
        if isOne(of: [503, 529], ["overloaded_error", "UNAVAILABLE", "slow_down"]) {
            return .overloaded(provider: provider)
        }
        let kinds = [
            "server_error", "api_error", "INTERNAL", "ABORTED", "conflict_error", "timeout_error",
            "DEADLINE_EXCEEDED",
        ]
        // In a stream there is no status, and the request itself was taken.
        let isServers = status.map { $0 == 408 || $0 == 409 || $0 >= 500 } ?? !isRequestsFault
        return isServers || isOne(of: [], kinds)
            ? .serverFailure(provider: provider, status: status) : nil
    }

    private var isRequestsFault: Bool {
        isOne(of: [], ["invalid_request_error", "INVALID_ARGUMENT", "FAILED_PRECONDITION"])
    }

    private var isContextTooLong: Bool {
        guard status.map({ [400, 413, 422, 500].contains($0) }) ?? true,
            code != "string_above_max_length"
        else { return false }
        let words = [code, type, message].compactMap { $0?.lowercased() }
        return status == 413
            || words.contains { word in contextWords.contains { word.contains($0) } }
    }

    private var isQuotaSpent: Bool {
        status == 402
            || isOne(of: [], ["insufficient_quota", "billing_error"])
            || code?.hasSuffix("_spend_limit_reached") == true
            || details.contains { $0.contains("PerDay") }
    }

    private var isWrongKey: Bool {
        isOne(of: [401], ["authentication_error", "UNAUTHENTICATED", "invalid_api_key"])
            || details.contains("API_KEY_INVALID")
    }

    private func isOne(of statuses: [Int], _ kinds: [String]) -> Bool {
        status.map(statuses.contains) ?? false
            || [type, code].contains { $0.map(kinds.contains) ?? false }
    }
}

/// How providers and servers say that a request is longer than the model's window, in lower case.
private let contextWords = [
    "context_length_exceeded", "exceed_context_size_error", "max_tokens_per_request",
    "maximum context length", "prompt is too long", "exceed context limit",
    "exceeds the maximum number of tokens allowed", "exceeds the context window",
    "input tokens exceed the configured limit", "exceeds the available context size",
    "longer than the context length", "input length exceeds the context length",
    "is longer than the model's context length", "requested token count exceeds",
    "`inputs` tokens + `max_new_tokens`", "greater than the context length",
    "trying to keep the first", "too large to process", "too large for model with",
    "please reduce the length of the messages or completion",
]

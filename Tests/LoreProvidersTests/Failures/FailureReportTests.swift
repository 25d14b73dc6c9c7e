import LoreCore
import Testing

@testable import LoreProviders

@Suite struct FailureReportTests {
    private func error(_ status: Int?, _ body: String) throws -> ProviderError {
        try FailureReport(JSONValue(parsing: body), status: status)
            .providerError(provider: "X", model: "m", key: APIKey("sk-secret"))
    }

    private static let tooLong: [(Int?, String)] = [
        (
            400,
            #"{"error":{"message":"This model's maximum context length is 8 tokens. However, your messages resulted in 9 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"#
        ),
        (
            400,
            #"{"error":{"message":"Input tokens exceed the configured limit of 8 tokens. Your messages resulted in 9 tokens.","code":null}}"#
        ),
        (
            nil,
            #"{"type":"error","code":"context_length_exceeded","message":"Your input exceeds the context window of this model.","param":"input","sequence_number":2}"#
        ),
        (
            400,
            #"{"error":{"message":"This model's maximum context length is 8192 tokens, however you requested 9000 tokens (9000 in your prompt; 0 for the completion).","code":null}}"#
        ),
        (400, #"{"error":{"message":"too many","code":"max_tokens_per_request"}}"#),
        (
            400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}"#
        ),
        (
            400,
            #"{"type":"error","error":{"type":"invalid_request_error","message":"input length and `max_tokens` exceed context limit: 9 + 1 > 8"}}"#
        ),
        (
            413,
            #"{"type":"error","error":{"type":"request_too_large","message":"Request exceeds the maximum size"}}"#
        ),
        (
            400,
            #"{"error":{"code":400,"message":"The input token count (9) exceeds the maximum number of tokens allowed (8).","status":"INVALID_ARGUMENT"}}"#
        ),
        (
            400,
            #"{"error":"the prompt is longer than the context length currently available to the model; shorten the prompt"}"#
        ),
        (400, #"{"error":"the input length exceeds the context length"}"#),
        (
            400,
            #"{"error":{"code":400,"message":"request (9 tokens) exceeds the available context size (8 tokens)","type":"exceed_context_size_error","n_prompt_tokens":9,"n_ctx":8}}"#
        ),
        (
            500,
            #"{"error":{"code":500,"message":"input (9 tokens) is too large to process. increase the physical batch size","type":"server_error"}}"#
        ),
        (
            400,
            #"{"object":"error","message":"This model's maximum context length is 8 tokens. However, your request has 9 input tokens","type":"BadRequestError","code":400}"#
        ),
        (
            400,
            #"{"error":"The number of tokens to keep from the initial prompt is greater than the context length"}"#
        ),
        (400, #"{"error":"Trying to keep the first 9 tokens when context the overflows"}"#),
        (
            400,
            #"{"error":{"message":"Please reduce the length of the messages or completion.","code":"context_length_exceeded"}}"#
        ),
        (
            413,
            #"{"error":{"message":"Request too large for model","type":"tokens","code":"rate_limit_exceeded"}}"#
        ),
        (
            400,
            #"{"object":"error","message":{"detail":"x","message":"Prompt contains 9 tokens, too large for model with 8 maximum context length"},"type":"invalid_request_error"}"#
        ),
        (
            422,
            #"{"error":{"message":"Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8. Given: 9"}}"#
        ),
    ]

    @Test(arguments: tooLong)
    func `too long a context is known in every provider's words`(
        status: Int?, body: String
    ) throws {
        #expect(try error(status, body) == .contextTooLong(provider: "X", model: "m"))
    }

    private static let others: [(Int?, String, ProviderError)] = [
        (
            400,
            #"{"error":{"message":"Invalid 'x': string too long. Expected a string with maximum length 8.","code":"string_above_max_length"}}"#,
            ProviderError.badRequest(
                provider: "X",
                reason: "Invalid 'x': string too long. Expected a string with maximum length 8.")
        ),
        (
            422,
            #"{"object":"error","message":{"detail":[{"type":"extra_forbidden","msg":"Extra inputs are not permitted"}]},"type":"invalid_request_error"}"#,
            .badRequest(provider: "X", reason: "Extra inputs are not permitted")
        ),
        (
            422, #"{"detail":[{"type":"extra_forbidden","msg":"Extra inputs are not permitted"}]}"#,
            .badRequest(provider: "X", reason: "Extra inputs are not permitted")
        ),
        (
            400,
            #"[{"error":{"code":400,"message":"API key not valid.","status":"INVALID_ARGUMENT","details":[{"reason":"API_KEY_INVALID"}]}}]"#,
            .wrongKey(provider: "X")
        ),
        (401, #"{"error":{"message":"x","code":"invalid_api_key"}}"#, .wrongKey(provider: "X")),
        (
            403,
            #"{"error":{"message":"Project sk-secret lacks access","type":"request_forbidden"}}"#,
            .noPermission(provider: "X", reason: "Project … lacks access")
        ),
        (404, #"{"error":"model 'm' not found"}"#, .unknownModel(provider: "X", model: "m")),
        (
            400, #"{"error":{"message":"x","code":"model_not_found"}}"#,
            .unknownModel(provider: "X", model: "m")
        ),
        (
            429, #"{"error":{"type":"insufficient_quota","code":"insufficient_quota"}}"#,
            .quotaSpent(provider: "X")
        ),
        (
            402, #"{"type":"error","error":{"type":"billing_error","message":"x"}}"#,
            .quotaSpent(provider: "X")
        ),
        (
            429,
            #"{"type":"error","error":{"type":"rate_limit_error","message":"x","details":{"error_code":"ramp_limit_exceeded"}}}"#,
            .rateLimited(provider: "X")
        ),
        (498, #"{"error":{"message":"Flex capacity exceeded"}}"#, .rateLimited(provider: "X")),
        (
            503,
            #"{"error":{"code":503,"message":"The model is overloaded","status":"UNAVAILABLE"}}"#,
            .overloaded(provider: "X")
        ),
        (
            409, #"{"error":{"code":409,"status":"ABORTED"}}"#,
            .serverFailure(provider: "X", status: 409)
        ),
        (
            400, #"{"error":{"message":"a","code":"content_filter"}}"#,
            .filtered(provider: "X", reason: "a")
        ),
        (
            nil, #"{"type":"error","error":{"type":"api_error","message":"x"}}"#,
            .serverFailure(provider: "X", status: nil)
        ),
        (
            nil,
            #"{"type":"error","sequence_number":2,"error":{"type":"invalid_request_error","code":"bad","message":"b","param":null}}"#,
            .badRequest(provider: "X", reason: "b")
        ),
        (nil, #"{"error":"unexpected EOF"}"#, .serverFailure(provider: "X", status: nil)),
        (400, "{}", .badRequest(provider: "X", reason: "")),
        (418, #"{"message":"teapot"}"#, .badRequest(provider: "X", reason: "teapot")),
    ]

    @Test(arguments: others)
    func `an error is known in whatever form it comes`(
        status: Int?, body: String, expected: ProviderError
    ) throws {
        #expect(try error(status, body) == expected)
    }

    @Test func `a reason is one short line without long quotations`() throws {
        let quoted = String(repeating: "secret note ", count: 10)
        let long = String(repeating: "word ", count: 100)
        let body: JSONValue = ["error": ["message": .string("Bad value \"\(quoted)\":\n\(long)")]]

        guard case .badRequest(_, let reason) = try error(400, body.text) else {
            Issue.record("another kind")
            return
        }

        #expect(reason.text.hasPrefix("Bad value \"…\": word word"))
        #expect(reason.text.count == 301)
        #expect(reason.text.hasSuffix("…"))
    }
}

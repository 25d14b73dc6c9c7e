import LoreCore

/// Sends requests to a provider with its key, and says what their failures mean.
struct ProviderCall: Sendable {
    let endpoint: ProviderEndpoint
    let transport: ProviderTransport
    let limiter: RateLimiter

    private static let errorLimitBytes = 1 << 20

    /// `limiter` is shared by all that use the same key; nil for one of its own.
    init(endpoint: ProviderEndpoint, transport: ProviderTransport, limiter: RateLimiter? = nil) {
        self.endpoint = endpoint
        self.transport = transport
        self.limiter = limiter ?? RateLimiter(RateLimiter.Limits(), time: transport.time)
    }

    /// A response that is no success.
    struct Refusal: Error {
        let report: FailureReport
        let advice: RetryAdvice
    }

    /// Sends a request, changed by `adjust`, and waits for the head of a successful response; `notes` is
    /// what its body holds of notes.
    ///
    /// - Throws: `Refusal`, `ProviderError`, `CancellationError`.
    func send(
        _ method: HTTPMethod, _ path: String, body: JSONValue? = nil,
        carrying notes: SentNotes? = nil,
        adjusting adjust: (inout HTTPRequest) -> Void = { _ in }
    ) async throws -> HTTPResponse {
        var request = HTTPRequest(
            method, try endpoint.address(path),
            headers: endpoint.provider.headers(key: endpoint.key), body: body?.bytes,
            notes: notes)
        adjust(&request)
        let response = try await transport.client.send(request)
        await limiter.observe(response.headers)
        guard (200..<300).contains(response.status) else { throw try await refusal(response) }
        return response
    }

    /// Whether to ask again after `error`; returns when it is time to.
    ///
    /// - Parameters:
    ///   - number: Of the retry, from 1.
    ///   - error: What the try before it threw.
    ///   - model: The one that was asked.
    /// - Returns: False where the error is to be told.
    /// - Throws: `CancellationError`.
    func waits(beforeRetry number: Int, after error: any Error, model: String) async throws -> Bool
    {
        guard let known = providerError(error, model: model) as? ProviderError else { return false }
        let advice = advice(in: error)
        var generator = SystemRandomNumberGenerator()
        guard
            let wait = advice.wait(
                after: known, retry: number, policy: transport.policy, using: &generator)
        else { return false }
        if advice.delay != nil { await limiter.pause(for: wait) }
        try await transport.time.sleep(wait)
        return true
    }

    private func advice(in error: any Error) -> RetryAdvice {
        switch error {
        case let refusal as Refusal: refusal.advice
        case let report as FailureReport: RetryAdvice(report)
        default: .none
        }
    }

    /// `error` in lore's own terms, where `model` was asked.
    func providerError(_ error: any Error, model: String) -> any Error {
        switch error {
        case let refusal as Refusal: providerError(refusal.report, model: model)
        case let report as FailureReport: providerError(report, model: model)
        case let malformed as MalformedStream:
            ProviderError.malformed(host: endpoint.provider.title, what: malformed.what)
        default: error
        }
    }

    private func providerError(_ report: FailureReport, model: String) -> ProviderError {
        report.providerError(
            provider: endpoint.provider.title, model: model, key: endpoint.key)
    }

    private func refusal(_ response: HTTPResponse) async throws -> any Error {
        if (300..<400).contains(response.status) {
            return ProviderError.http(
                status: response.status, address: response.address.description)
        }
        var report = FailureReport(status: response.status)
        let body = try await response.body.start(upTo: Self.errorLimitBytes)
        // The status says enough where the body is too long or no JSON, such as a proxy's page.
        if let document = try? JSONValue(parsing: body) {
            report = FailureReport(document, status: response.status)
        }
        let advice = RetryAdvice(response.headers, body: report, now: transport.time.now())
        return Refusal(report: report, advice: advice)
    }
}

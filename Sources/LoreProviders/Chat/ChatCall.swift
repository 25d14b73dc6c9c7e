import LoreCore

/// Sends one request of a chat, and says what its failures mean.
struct ChatCall: Sendable {
    let dialect: any ChatDialect
    let profile: ModelProfile
    let endpoint: ProviderEndpoint
    let transport: ChatTransport
    let limiter: RateLimiter

    private static let errorLimitBytes = 1 << 20

    /// A response that is no success.
    struct Refusal: Error {
        let report: FailureReport
        let advice: RetryAdvice
    }

    /// Sends `wire` and waits for the head of a successful response.
    ///
    /// - Throws: `Refusal`, `ProviderError`, `CancellationError`.
    func send(_ wire: WireRequest) async throws -> HTTPResponse {
        var headers = wire.headers
        headers["Content-Type"] = "application/json"
        let keyed = endpoint.key.map(dialect.authorization)?.fields ?? []
        for (name, value) in keyed { headers[name] = value }
        let response = try await transport.client.send(
            HTTPRequest(
                .post, try endpoint.address(wire.path), headers: headers, body: wire.body.bytes))
        await limiter.observe(response.headers)
        guard (200..<300).contains(response.status) else { throw try await refusal(response) }
        return response
    }

    /// `error` in lore's own terms.
    func providerError(_ error: any Error) -> any Error {
        switch error {
        case let refusal as Refusal: providerError(refusal.report)
        case let report as FailureReport: providerError(report)
        case let malformed as MalformedStream:
            ProviderError.malformed(host: endpoint.provider.title, what: malformed.what)
        default: error
        }
    }

    private func providerError(_ report: FailureReport) -> ProviderError {
        report.providerError(
            provider: endpoint.provider.title, model: profile.name, key: endpoint.key)
    }

    private func refusal(_ response: HTTPResponse) async throws -> any Error {
        if (300..<400).contains(response.status) {
            return ProviderError.http(
                status: response.status, address: response.address.description)
        }
        var report = FailureReport(status: response.status)
        // The status says enough where the body is too long or no JSON, such as a proxy's page.
        let body = try await response.body.start(upTo: Self.errorLimitBytes)
        if let document = try? JSONValue(parsing: body) {
            report = FailureReport(document, status: response.status)
        }
        let advice = RetryAdvice(response.headers, body: report, now: transport.time.now())
        return Refusal(report: report, advice: advice)
    }
}

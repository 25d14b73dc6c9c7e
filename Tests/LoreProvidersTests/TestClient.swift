import LoreProviders
import TestSupport

/// A client for a test's own server: impatient enough that a hang is an error soon.
func testClient(
    offline: Bool = false, timeouts: HTTPTimeouts = .patient, highWaterBytes: Int = 64 * 1024
) -> HTTPClient {
    HTTPClient(
        HTTPClient.Configuration(
            offline: offline, timeouts: timeouts, highWaterBytes: highWaterBytes))
}

extension HTTPTimeouts {
    static let patient = HTTPTimeouts(connect: .seconds(30), idle: .seconds(30), total: nil)
}

extension LoopbackServer {
    func get(
        _ path: String, headers: HTTPHeaders = [:], redirects: RedirectPolicy = .refuse,
        timeouts: HTTPTimeouts? = nil
    ) throws -> HTTPRequest {
        HTTPRequest(
            .get, try HTTPAddress(address(path)), headers: headers, redirects: redirects,
            timeouts: timeouts)
    }
}

/// The error that `body` throws, if it is one of the module.
func providerError(_ body: () async throws -> Void) async throws -> ProviderError? {
    do {
        try await body()
        return nil
    } catch let error as ProviderError {
        return error
    }
}

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

/// SplitMix64: the same numbers for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
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

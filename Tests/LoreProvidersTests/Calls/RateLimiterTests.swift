import Foundation
import Synchronization
import TestSupport
import Testing

@testable import LoreProviders

@Suite(.timeLimit(.minutes(1))) struct RateLimiterTests {
    /// A clock that moves by what is slept.
    private final class TestClock: Sendable {
        let seconds = Mutex(0.0)
        let waits = Mutex<[Double]>([])

        var time: Timekeeper {
            Timekeeper(
                now: { Date(timeIntervalSince1970: self.seconds.withLock { $0 }) },
                sleep: { wait in
                    let length = wait / .seconds(1)
                    self.seconds.withLock { $0 += length }
                    self.waits.withLock { $0.append(length) }
                })
        }
    }

    private let clock = TestClock()

    @Test func `a minute's worth goes at once, then evenly`() async throws {
        let limiter = RateLimiter(RateLimiter.Limits(requests: 6), time: clock.time)

        for _ in 0..<8 { try await limiter.admit(tokens: 1) }

        #expect(clock.waits.withLock { $0 } == [10, 10])
    }

    @Test func `tokens are paced as requests are`() async throws {
        let limiter = RateLimiter(RateLimiter.Limits(tokens: 600), time: clock.time)

        for tokens in [400, 200, 100, 50] { try await limiter.admit(tokens: tokens) }

        #expect(clock.waits.withLock { $0 } == [10, 5])
    }

    @Test func `without limits nothing waits`() async throws {
        let limiter = RateLimiter(RateLimiter.Limits(), time: clock.time)

        for _ in 0..<100 { try await limiter.admit(tokens: 100_000) }

        #expect(clock.waits.withLock { $0 } == [])
    }

    @Test func `a provider's pause holds for all`() async throws {
        let limiter = RateLimiter(RateLimiter.Limits(), time: clock.time)
        await limiter.pause(for: .seconds(7))

        try await limiter.admit(tokens: 1)
        try await limiter.admit(tokens: 1)

        #expect(clock.waits.withLock { $0 } == [7])
    }

    @Test(arguments: [
        (["x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "6m0s"], 360.0),
        (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "12ms"], 0.012),
        (["x-ratelimit-remaining-tokens": "5", "x-ratelimit-reset-tokens": "2s"], nil),
        (["x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "soon"], nil),
        (
            [
                "anthropic-ratelimit-tokens-remaining": "0",
                "anthropic-ratelimit-tokens-reset": "1970-01-01T00:00:30Z",
            ], 30
        ),
    ])
    func `a counter that stands at nothing holds requests back until it is full`(
        fields: [String: String], wait: Double?
    ) async throws {
        let limiter = RateLimiter(RateLimiter.Limits(), time: clock.time)
        var headers = HTTPHeaders()
        for (name, value) in fields { headers[name] = value }
        await limiter.observe(headers)

        try await limiter.admit(tokens: 1)

        let waited = clock.waits.withLock { $0.first }
        #expect((waited == nil) == (wait == nil))
        #expect(abs((waited ?? 0) - (wait ?? 0)) < 1e-6)
    }
}

import Foundation

/// Spreads requests and tokens over time, so that a long run does not live on refusals.
package actor RateLimiter {
    /// What a provider allows in a minute; no limit where nil.
    package struct Limits: Hashable, Sendable {
        package var requests: Int?
        package var tokens: Int?

        package init(requests: Int? = nil, tokens: Int? = nil) {
            self.requests = requests
            self.tokens = tokens
        }
    }

    private var requests: Pace?
    private var tokens: Pace?
    /// When the provider takes requests again, where it has said so.
    private var resumes: Date?
    private let time: Timekeeper

    package init(_ limits: Limits, time: Timekeeper = .system) {
        requests = limits.requests.map { Pace(perMinute: $0) }
        tokens = limits.tokens.map { Pace(perMinute: $0) }
        self.time = time
    }

    /// Returns when a request of about so many tokens may go out.
    package func admit(tokens count: Int) async throws {
        let now = time.now()
        let pause = resumes.map { $0.timeIntervalSince(now) } ?? 0
        let wait = max(
            pause, requests?.reserve(1, at: now) ?? 0, tokens?.reserve(count, at: now) ?? 0)
        if wait > 0 { try await time.sleep(.seconds(wait)) }
    }

    /// Holds every request back for `delay`: the provider has asked one to wait.
    package func pause(for delay: Duration) {
        let end = time.now().addingTimeInterval(delay / .seconds(1))
        resumes = max(resumes ?? end, end)
    }

    /// Holds back until the provider's own counters say that there is room.
    func observe(_ headers: HTTPHeaders) {
        for counter in RateCounter.all(in: headers, at: time.now()) where counter.remaining == 0 {
            resumes = max(resumes ?? counter.resets, counter.resets)
        }
    }
}

/// A rate that may be used up at once and then comes back evenly.
///
/// - SeeAlso: The generic cell rate algorithm, ITU-T I.371.
struct Pace: Sendable {
    private let secondsPerUnit: Double
    /// When all that was reserved will have come back.
    private var full: Date?

    /// - Precondition: `count` is above 0.
    init(perMinute count: Int) {
        precondition(count > 0, "\(count) a minute")
        secondsPerUnit = 60 / Double(count)
    }

    /// Takes so many units; the seconds until they are there.
    mutating func reserve(_ units: Int, at now: Date) -> Double {
        let full = max(full ?? now, now).addingTimeInterval(Double(units) * secondsPerUnit)
        self.full = full
        return max(0, full.timeIntervalSince(now) - 60)
    }
}

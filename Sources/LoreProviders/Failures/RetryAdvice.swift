import Foundation

/// What a failed response says about trying again.
struct RetryAdvice: Hashable, Sendable {
    /// The wait that the server asks for.
    var delay: Duration?
    /// Whether it says to try again, or not to; it may well say nothing.
    var shouldRetry: Bool?

    /// A longer wait is for a person to decide on.
    static let longestDelay = Duration.seconds(120)

    static let none = RetryAdvice()

    private init() {}

    /// The advice in the headers, as the official libraries read it; else the body's.
    init(_ headers: HTTPHeaders, body: FailureReport?, now: Date) {
        delay = stated(headers, now: now) ?? body?.retryDelay
        switch headers["x-should-retry"] {
        case "true": shouldRetry = true
        case "false": shouldRetry = false
        default: break
        }
    }

    init(_ report: FailureReport) { delay = report.retryDelay }

    /// The wait before another try after `error`; `nil` where there must be none.
    func wait(
        after error: ProviderError, retry number: Int, policy: RetryPolicy,
        using generator: inout some RandomNumberGenerator
    ) -> Duration? {
        if case .quotaSpent = error { return nil }
        guard number <= policy.retries, shouldRetry ?? error.isTransient else { return nil }
        guard let delay else { return policy.delay(beforeRetry: number, using: &generator) }
        return delay <= Self.longestDelay ? delay : nil
    }
}

private func stated(_ headers: HTTPHeaders, now: Date) -> Duration? {
    if let text = headers["retry-after-ms"], let milliseconds = Double(text), milliseconds >= 0 {
        return .seconds(milliseconds / 1000)
    }
    guard let text = headers["Retry-After"] else { return nil }
    if let seconds = Double(text) { return seconds >= 0 ? .seconds(seconds) : nil }
    return httpDate(text).map { .seconds(max(0, $0.timeIntervalSince(now))) }
}

/// A date as HTTP writes it: `Wed, 21 Oct 2026 07:28:00 GMT`.
private func httpDate(_ text: String) -> Date? {
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_US_POSIX")
    format.timeZone = TimeZone(secondsFromGMT: 0)
    format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
    return format.date(from: text)
}

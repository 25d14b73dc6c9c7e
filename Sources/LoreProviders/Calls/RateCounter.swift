import Foundation

/// What a provider's headers say is left of one of its limits.
struct RateCounter: Hashable {
    let remaining: Int
    let resets: Date

    /// The counters of OpenAI and its kin, and those of Anthropic.
    static func all(in headers: HTTPHeaders, at now: Date) -> [RateCounter] {
        let kinds = ["requests", "tokens", "input-tokens", "output-tokens"]
        return kinds.flatMap { kind in
            [
                RateCounter(
                    headers["x-ratelimit-remaining-\(kind)"],
                    headers["x-ratelimit-reset-\(kind)"], now),
                RateCounter(
                    headers["anthropic-ratelimit-\(kind)-remaining"],
                    headers["anthropic-ratelimit-\(kind)-reset"], now),
            ].compactMap { $0 }
        }
    }

    private init?(_ remaining: String?, _ reset: String?, _ now: Date) {
        guard let remaining = remaining.flatMap({ Int($0) }), let reset,
            let resets = date(reset) ?? duration(reset).map(now.addingTimeInterval)
        else { return nil }
        self.remaining = remaining
        self.resets = resets
    }
}

private func date(_ text: String) -> Date? {
    // What is no date is a duration, or nothing.
    try? Date(text, strategy: .iso8601)
}

/// Seconds in a text such as `12ms`, `2s`, `6m0s` or `1h30m`.
private func duration(_ text: String) -> Double? {
    let units = ["h": 3600.0, "m": 60, "s": 1, "ms": 0.001, "us": 1e-6, "µs": 1e-6, "ns": 1e-9]
    var (seconds, rest) = (0.0, text[...])
    guard !rest.isEmpty else { return nil }
    while !rest.isEmpty {
        let number = rest.prefix { $0.isNumber || $0 == "." }
        let unit = rest.dropFirst(number.count).prefix { !($0.isNumber || $0 == ".") }
        guard let value = Double(number), let scale = units[String(unit)] else { return nil }
        seconds += value * scale
        rest = rest.dropFirst(number.count + unit.count)
    }
    return seconds
}

import LoreCore

/// What a provider says went wrong, in whichever of the many forms it says it.
///
/// An error is an object or a text, below `error` or at the top; its code is a text or a number.
struct FailureReport: Error, Hashable, Sendable {
    /// The status of the response; `nil` inside a stream.
    var status: Int?
    /// The provider's own kind: `type`, or Gemini's `status`.
    var type: String?
    var code: String?
    /// What of the request is at fault.
    var parameter: String?
    var message: String?
    /// Gemini's `details`: reasons and ids of quotas.
    var details: [String] = []
    /// The wait that the body asks for.
    var retryDelay: Duration?

    init(status: Int?) { self.status = status }

    /// Reads a body, or an event that tells of an error.
    init(_ document: JSONValue, status: Int? = nil) {
        self.status = status
        let document = document[0] ?? document
        switch document["error"] {
        case .string(let words)?: message = words
        case .object(let members)?: read(.object(members))
        default: read(document)
        }
    }

    private mutating func read(_ error: JSONValue) {
        // Gemini's `code` repeats the status, and its `status` is the kind.
        let kind = error["status"]?.string
        type = kind ?? error["type"]?.string
        let detailCode = error["details"]?["error_code"]?.string
        code = detailCode ?? (kind == nil ? text(error["code"]) : nil)
        parameter = error["param"]?.string
        message = text(error["message"]) ?? text(error["detail"])
        for detail in error["details"]?.elements ?? [] { read(detail: detail) }
    }

    private mutating func read(detail: JSONValue) {
        if let reason = detail["reason"]?.string { details.append(reason) }
        for violation in detail["violations"]?.elements ?? [] {
            if let quota = violation["quotaId"]?.string { details.append(quota) }
        }
        if let delay = detail["retryDelay"]?.string, delay.hasSuffix("s"),
            let seconds = Double(delay.dropLast()), seconds >= 0
        {
            retryDelay = .seconds(seconds)
        }
    }
}

/// A text, or what else stands in its place, as text.
private func text(_ value: JSONValue?) -> String? {
    switch value {
    case nil, .null?: nil
    case .string(let text)?: text
    case let other?:
        text(other["message"] ?? other["detail"]) ?? other[0]?["msg"]?.string ?? other.text
    }
}

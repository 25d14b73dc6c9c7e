package import LoreCore

/// What a request asks of a server.
package enum HTTPMethod: String, Sendable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case delete = "DELETE"
}

/// How long a request may take.
package struct HTTPTimeouts: Hashable, Sendable {
    /// Until the connection stands, TLS included.
    package var connect: Duration
    /// Without a byte in either direction; a transfer that waits for its reader is not idle.
    package var idle: Duration
    /// From the first step to the last byte, redirects included; none where `nil`.
    package var total: Duration?

    package init(connect: Duration, idle: Duration, total: Duration?) {
        self.connect = connect
        self.idle = idle
        self.total = total
    }
}

/// Whether a redirect is an answer or an instruction.
package enum RedirectPolicy: Hashable, Sendable {
    /// The redirect itself is the response.
    case refuse
    /// Go where it points, at most so many times; never from https to http, and to another host
    /// only with the headers that hold no secret. For GET and HEAD; other methods refuse.
    case follow(limit: Int)
}

/// One request, whole; nothing of it but method and address shows in its description.
package struct HTTPRequest: Sendable {
    package var method: HTTPMethod
    package var address: HTTPAddress
    package var headers: HTTPHeaders
    package var body: [UInt8]?
    package var redirects: RedirectPolicy
    /// Other limits than the client's own.
    package var timeouts: HTTPTimeouts?
    /// Whether it must not reach the server twice: on a connection that was kept, and that breaks
    /// before a byte came back, libcurl sends a request again by itself.
    package var isSentOnce = false
    /// What the body holds of notes.
    package var notes: SentNotes?

    package init(
        _ method: HTTPMethod, _ address: HTTPAddress, headers: HTTPHeaders = [:],
        body: [UInt8]? = nil, redirects: RedirectPolicy = .refuse, timeouts: HTTPTimeouts? = nil,
        notes: SentNotes? = nil
    ) {
        self.method = method
        self.address = address
        self.headers = headers
        self.body = body
        self.redirects = redirects
        self.timeouts = timeouts
        self.notes = notes
    }
}

extension HTTPRequest: CustomStringConvertible, CustomDebugStringConvertible {
    package var description: String { "\(method.rawValue) \(address)" }
    package var debugDescription: String { description }
}

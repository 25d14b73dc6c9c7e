package import LoreCore

/// The one way out of the machine: every request of lore goes through it.
///
/// Requests of one client share connections; all run on one thread, and no caller's thread blocks.
/// Proxies are taken from the environment as libcurl does, except for loopback. Certificates are
/// always verified.
package final class HTTPClient: Sendable {
    /// How a client behaves, for all of its requests.
    package struct Configuration: Sendable {
        /// Refuse every connection that is not loopback.
        package var offline: Bool
        /// The limits of a request that brings none of its own.
        package var timeouts: HTTPTimeouts
        /// Bytes of one body that may wait for their reader before its transfer pauses.
        package var highWaterBytes: Int
        package var userAgent: String
        /// Called before a request with text of notes goes to a host that is not loopback, on any thread.
        package var onEgress: @Sendable (_ host: String, SentNotes) -> Void

        package init(
            offline: Bool, timeouts: HTTPTimeouts, highWaterBytes: Int = 256 * 1024,
            userAgent: String = "lore",
            onEgress: @escaping @Sendable (_ host: String, SentNotes) -> Void = { _, _ in }
        ) {
            self.offline = offline
            self.timeouts = timeouts
            self.highWaterBytes = highWaterBytes
            self.userAgent = userAgent
            self.onEgress = onEgress
        }
    }

    private let configuration: Configuration
    private let hostRule: HostRule
    private let loop: TransferLoop

    package init(_ configuration: Configuration) {
        precondition(configuration.highWaterBytes > 0, "\(configuration.highWaterBytes) bytes")
        self.configuration = configuration
        hostRule = HostRule(offline: configuration.offline)
        loop = TransferLoop(userAgent: configuration.userAgent)
    }

    deinit { loop.stop() }

    /// Ends every transfer and the thread.
    ///
    /// Whoever waits gets `ProviderError.clientClosed`, as does every later request. Letting go of
    /// the client and its responses ends the thread as well.
    package func close() { loop.stop() }

    /// Sends `request` and waits for the head of its response; the body streams.
    ///
    /// A status such as 404 is a response, not an error.
    ///
    /// - Throws: `ProviderError`; `CancellationError` where the task was cancelled, and then the
    ///   transfer has ended.
    package func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        let started = ContinuousClock.now
        var request = request
        var hops = 0
        while true {
            let response = try await exchange(request, started: started)
            guard let next = try redirected(request, by: response, after: hops) else {
                return response
            }
            try await response.body.discard(upTo: 64 * 1024)
            request = next
            hops += 1
        }
    }

    /// One request and the head of its response; every connection begins here.
    private func exchange(
        _ request: HTTPRequest, started: ContinuousClock.Instant
    ) async throws -> HTTPResponse {
        try Task.checkCancellation()
        try hostRule.check(request.address, carrying: request.notes)
        try request.headers.check()
        var timeouts = request.timeouts ?? configuration.timeouts
        timeouts.total = timeouts.total.map { max(.milliseconds(1), $0 - (.now - started)) }
        let transfer = Transfer(
            request, timeouts: timeouts, highWaterBytes: configuration.highWaterBytes,
            post: { [loop] in loop.post($0) })
        if let notes = request.notes, !notes.origins.isEmpty, !request.address.isLoopback {
            configuration.onEgress(request.address.place, notes)
        }
        let lease = TransferLease(transfer, of: self)
        loop.post(.start(transfer))
        let head = try await transfer.awaitHead()
        return HTTPResponse(
            address: request.address, status: head.status, headers: head.headers,
            body: HTTPBody(lease: lease))
    }

    /// The request that a redirect asks for; `nil` where the response is the answer.
    private func redirected(
        _ request: HTTPRequest, by response: HTTPResponse, after hops: Int
    ) throws -> HTTPRequest? {
        guard case .follow(let limit) = request.redirects,
            request.method == .get || request.method == .head,
            [301, 302, 303, 307, 308].contains(response.status),
            let location = response.headers["Location"]
        else { return nil }
        let origin = request.address
        guard hops < limit else {
            throw ProviderError.tooManyRedirects(address: origin.description, limit: limit)
        }
        var next = request
        next.address = try origin.resolving(location)
        if origin.scheme == "https" && next.address.scheme == "http" {
            throw ProviderError.insecureRedirect(address: origin.description)
        }
        if !next.address.hasSameOrigin(as: origin) { next.headers = request.headers.withoutSecrets }
        return next
    }
}

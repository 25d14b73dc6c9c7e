import CCurl
import LoreCore

/// What the loop keeps of a transfer while libcurl runs it; made, used and freed on its thread.
final class RunningTransfer {
    let transfer: Transfer
    let easy: UnsafeMutableRawPointer

    private var headReader = ResponseHeadReader()
    private var hasHead = false
    private var failure: ProviderError?
    private var isPaused = false
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let started: ContinuousClock.Instant
    private var lastActivity: ContinuousClock.Instant
    private var sentBytes: curl_off_t = 0

    /// `nil` where libcurl has no memory for it.
    init?(_ transfer: Transfer, userAgent: String) {
        guard let easy = curl_easy_init() else { return nil }
        self.transfer = transfer
        self.easy = easy
        started = .now
        lastActivity = started
        configure(userAgent: userAgent)
    }

    deinit {
        curl_easy_cleanup(easy)
        curl_slist_free_all(headerList)
    }

    /// Lets a transfer that waited for its reader go on.
    func resume() {
        isPaused = false
        lastActivity = .now
        curl_easy_pause(easy, CURLPAUSE_CONT)
    }

    /// Hands the reader what has come since the last call.
    func deliver() {
        // Going on may bring bytes at once, for a reader that is back already.
        while transfer.deliver() { resume() }
    }

    /// Tells the reader how libcurl ended the transfer.
    func finish(_ code: CURLcode) {
        let host = transfer.request.address.place
        _ = transfer.deliver()
        if let failure {
            transfer.fail(failure)
        } else if code != CURLE_OK {
            transfer.fail(providerError(code, host: host, systemError: systemError))
        } else if !hasHead {
            transfer.fail(ProviderError.malformed(host: host, what: "it has no header"))
        } else {
            transfer.complete()
        }
    }

    /// The limit that has run out at `now`.
    func expired(at now: ContinuousClock.Instant) -> ProviderError? {
        let host = transfer.request.address.place
        if let total = transfer.timeouts.total, now >= started + total {
            return .timeout(.total, host: host)
        }
        if isPaused || now < lastActivity + transfer.timeouts.idle { return nil }
        guard isIdle(at: now) else { return nil }
        return .timeout(.idle, host: host)
    }

    /// When to look again whether a limit has run out.
    var nextDeadline: ContinuousClock.Instant? {
        let idle = isPaused ? nil : lastActivity + transfer.timeouts.idle
        let total = transfer.timeouts.total.map { started + $0 }
        return [idle, total].compactMap { $0 }.min()
    }

    // What libcurl calls, on the loop's thread.

    /// Takes a line of the header; false ends the transfer.
    fileprivate func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        lastActivity = .now
        switch headReader.take(line) {
        case .more: return true
        case .done(let head):
            hasHead = true
            transfer.receive(head)
            return true
        case .failed(let what):
            failure = .malformed(host: transfer.request.address.place, what: what)
            return false
        }
    }

    /// Takes bytes of the body; false pauses the transfer, and they come again.
    fileprivate func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lastActivity = .now
        isPaused = !transfer.receive(bytes)
        return !isPaused
    }

    // Details.

    /// Whether nothing moved since `lastActivity`: libcurl tells of what comes, but of what goes
    /// only when asked; and what does not stand yet is under the limit for connecting.
    private func isIdle(at now: ContinuousClock.Instant) -> Bool {
        var sent: curl_off_t = 0
        var connectTime: curl_off_t = 0
        _ = lore_curl_get_offset(easy, CURLINFO_SIZE_UPLOAD_T, &sent)
        _ = lore_curl_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &connectTime)
        if sent == sentBytes && connectTime > 0 { return true }
        sentBytes = sent
        lastActivity = now
        return false
    }

    private var systemError: CInt {
        var number = 0
        _ = lore_curl_get_long(easy, CURLINFO_OS_ERRNO, &number)
        return CInt(truncatingIfNeeded: number)
    }

    private func configure(userAgent: String) {
        let request = transfer.request
        set(CURLOPT_URL, request.address.text)
        set(CURLOPT_USERAGENT, userAgent)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        set(CURLOPT_CONNECTTIMEOUT_MS, transfer.timeouts.connect.wholeMilliseconds)
        // What is meant for this machine must not pass through another.
        if request.address.isLoopback { set(CURLOPT_NOPROXY, "*") }
        if request.isSentOnce { set(CURLOPT_FRESH_CONNECT, 1) }
        check(lore_curl_restrict(easy))
        setMethod(of: request)
        setHeaders(of: request)
        setCallbacks()
    }

    private func setMethod(of request: HTTPRequest) {
        switch request.method {
        case .get: set(CURLOPT_HTTPGET, 1)
        case .head: set(CURLOPT_NOBODY, 1)
        case .post: setBody(request.body ?? [])
        case .delete:
            if let body = request.body { setBody(body) }
            set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    private func setBody(_ bytes: [UInt8]) {
        set(CURLOPT_POST, 1)
        check(lore_curl_set_offset(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)))
        bytes.withUnsafeBytes { buffer in
            // The size is set before, so the bytes are copied and may hold zeros.
            check(lore_curl_set_bytes(easy, CURLOPT_COPYPOSTFIELDS, buffer.baseAddress ?? empty))
        }
    }

    private func setHeaders(of request: HTTPRequest) {
        // Servers answer `Expect: 100-continue` late or not at all.
        addHeader("Expect:")
        if request.body != nil, request.headers["Content-Type"] == nil {
            addHeader("Content-Type:")
        }
        for (name, value) in request.headers.fields {
            addHeader(value.isEmpty ? "\(name);" : "\(name): \(value)")
        }
        check(lore_curl_set_list(easy, CURLOPT_HTTPHEADER, headerList))
    }

    private func addHeader(_ line: String) {
        guard let longer = curl_slist_append(headerList, line) else { return }
        headerList = longer
    }

    private func setCallbacks() {
        let context = Unmanaged.passUnretained(self).toOpaque()
        check(lore_curl_set_data_callback(easy, CURLOPT_HEADERFUNCTION, headerArrived))
        check(lore_curl_set_data_callback(easy, CURLOPT_WRITEFUNCTION, bodyArrived))
        check(lore_curl_set_pointer(easy, CURLOPT_HEADERDATA, context))
        check(lore_curl_set_pointer(easy, CURLOPT_WRITEDATA, context))
    }

    private func set(_ option: CURLoption, _ value: Int) {
        check(lore_curl_set_long(easy, option, value))
    }

    private func set(_ option: CURLoption, _ value: String) {
        check(lore_curl_set_string(easy, option, value))
    }

    private func check(_ code: CURLcode) {
        precondition(code == CURLE_OK, "libcurl refused an option: \(code.rawValue)")
    }
}

private nonisolated(unsafe) let empty = UnsafeRawPointer(StaticString("").utf8Start)

private func headerArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let running = Unmanaged<RunningTransfer>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return running.takeHeader(line) ? line.count : 0
}

private func bodyArrived(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int {
    guard let context else { return 0 }
    let running = Unmanaged<RunningTransfer>.fromOpaque(context).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return running.takeBody(piece) ? piece.count : Int(CURL_WRITEFUNC_PAUSE)
}

extension Duration {
    /// Rounded up, so that a wait never ends early; at least 1 for anything above zero.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000
            + Int((attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }
}

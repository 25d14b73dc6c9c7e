import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An HTTP/1.1 server on 127.0.0.1 that does what a test's script says, step by step.
///
/// It runs on threads of its own and ends with its last reference. What it sees is in `log`, and a
/// test waits for that with `wait(until:)`, never by sleeping.
public final class LoopbackServer: Sendable {
    /// What the server has seen so far.
    public struct Log: Sendable {
        public var requests: [LoopbackRequest] = []
        /// Connections accepted since the start.
        public var connections = 0
        public var openConnections = 0
        /// Connections that the client closed while a reply was not done.
        public var peerCloses = 0
        /// Times that the client's side was full and nothing more could be sent.
        public var stalls = 0
        public var bytesSent = 0
        /// Replies whose every step was done.
        public var repliesDone = 0
    }

    public let port: Int
    private let state = ServerState()

    /// Starts a server; `greeting` is sent on every new connection before anything is read, as
    /// servers of other protocols do.
    public init(greeting: [UInt8]? = nil) throws {
        state.change { $0.greeting = greeting }
        let (listener, port) = try listenOnLoopback()
        self.port = port
        let thread = Thread { [state] in acceptConnections(on: listener, state) }
        thread.start()
    }

    deinit { stop() }

    /// Ends every connection and takes no more.
    public func stop() { state.change { $0.isStopped = true } }

    /// The address of `path` on this server.
    public func address(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// Replies to the requests for `path`, one after the other; the last one again and again.
    public func on(_ path: String, _ replies: LoopbackReply...) {
        let left = ReplyQueue(replies)
        on(path) { _ in left.next() }
    }

    /// Replies to the requests for `path` with what `answer` makes of them.
    public func on(
        _ path: String, answer: @escaping @Sendable (LoopbackRequest) -> LoopbackReply
    ) {
        state.change { $0.answers[path] = answer }
    }

    /// Replies to all requests that no path is set for; without it they are answered 404.
    public func otherwise(answer: @escaping @Sendable (LoopbackRequest) -> LoopbackReply) {
        state.change { $0.otherwise = answer }
    }

    public var log: Log { state.read(\.log) }

    /// Returns when the log is as `condition` wants it.
    public func wait(until condition: @escaping @Sendable (Log) -> Bool) async {
        await state.wait(until: condition)
    }
}

/// Replies for one path, in order.
private final class ReplyQueue: Sendable {
    private let replies: Mutex<[LoopbackReply]>

    init(_ replies: [LoopbackReply]) {
        precondition(!replies.isEmpty, "a path needs a reply")
        self.replies = Mutex(replies)
    }

    func next() -> LoopbackReply {
        replies.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }
}

/// What the server's threads and the test share.
final class ServerState: Sendable {
    struct Values: Sendable {
        var log = LoopbackServer.Log()
        var answers: [String: @Sendable (LoopbackRequest) -> LoopbackReply] = [:]
        var otherwise: (@Sendable (LoopbackRequest) -> LoopbackReply)?
        var greeting: [UInt8]?
        var isStopped = false
        var waiters: [Waiter] = []
    }

    struct Waiter: Sendable {
        let condition: @Sendable (LoopbackServer.Log) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private let values = Mutex(Values())

    var isStopped: Bool { read(\.isStopped) }

    func read<T: Sendable>(_ path: KeyPath<Values, T>) -> T {
        values.withLock { $0[keyPath: path] }
    }

    /// Changes the values and wakes whoever waited for what they are now.
    func change(_ body: (inout Values) -> Void) {
        let ready = values.withLock { values in
            body(&values)
            let ready = values.waiters.filter { $0.condition(values.log) }
            if !ready.isEmpty { values.waiters.removeAll { $0.condition(values.log) } }
            return ready
        }
        for waiter in ready { waiter.continuation.resume() }
    }

    func wait(until condition: @escaping @Sendable (LoopbackServer.Log) -> Bool) async {
        await withCheckedContinuation { continuation in
            change { $0.waiters.append(Waiter(condition: condition, continuation: continuation)) }
        }
    }

    func reply(to request: LoopbackRequest) -> LoopbackReply {
        change { $0.log.requests.append(request) }
        let answer = values.withLock { $0.answers[request.path] ?? $0.otherwise }
        return answer?(request) ?? .whole(404)
    }
}

/// A port of this machine that refuses every connection, and that nothing else can take meanwhile.
public final class RefusingPort: Sendable {
    public let number: Int
    private let descriptor: CInt

    public init() throws { (descriptor, number) = try bindLoopback { _ in true } }

    deinit { close(descriptor) }
}

private func listenOnLoopback() throws -> (descriptor: CInt, port: Int) {
    try bindLoopback { listen($0, 128) == 0 }
}

/// A socket on a free port of the loopback address, made ready by `prepare`.
private func bindLoopback(
    _ prepare: (CInt) -> Bool
) throws -> (descriptor: CInt, port: Int) {
    #if canImport(Glibc)
        let descriptor = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
    #else
        let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let result = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            bind(descriptor, address, size) == 0 && prepare(descriptor)
                && getsockname(descriptor, address, &size) == 0
        }
    }
    guard result else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
}

private func acceptConnections(on listener: CInt, _ state: ServerState) {
    while !state.isStopped {
        guard isReady(listener, for: POLLIN) else { continue }
        let descriptor = accept(listener, nil, nil)
        guard descriptor >= 0 else { continue }
        state.change { values in
            values.log.connections += 1
            values.log.openConnections += 1
        }
        Thread { LoopbackConnection(descriptor, state).run() }.start()
    }
    close(listener)
}

/// Whether `descriptor` can be read or written, after a wait of at most 20 ms.
func isReady(_ descriptor: CInt, for events: Int32) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    return poll(&entry, 1, 20) > 0
}

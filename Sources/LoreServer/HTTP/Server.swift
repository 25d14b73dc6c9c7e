import Hummingbird
package import Logging
package import Lore
import LoreCore
import NIOCore
import ServiceLifecycle
import Synchronization
import UnixSignals

/// The HTTP server: loopback only, one knowledge base behind it.
package struct Server: Sendable {
    private let knowledgeBase: KnowledgeBase
    private let host: String
    private let port: Int
    private let logger: Logger

    /// - Parameters:
    ///   - knowledgeBase: What answers.
    ///   - host: A literal loopback address or `localhost`.
    ///   - port: 0 for any free one.
    ///   - logger: Where the server says what it does.
    /// - Throws: `ServerError.notLoopback`.
    package init(knowledgeBase: KnowledgeBase, host: String, port: Int, logger: Logger) throws {
        guard isLoopback(authority: host.contains(":") ? "[\(host)]" : host) else {
            throw ServerError.notLoopback(host: host)
        }
        self.knowledgeBase = knowledgeBase
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// Serves until SIGTERM or SIGINT, then lets the requests under way finish.
    ///
    /// - Parameter ready: Called once with the address when connections are taken.
    /// - Throws: `ServerError.cannotListen` where the port is taken or not allowed.
    package func run(ready: @escaping @Sendable (_ address: String) -> Void) async throws {
        let started = Atomic(false)
        let host = host
        let application = Application(
            router: Routes(knowledgeBase: knowledgeBase).router(),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), serverName: "lore"),
            onServerRunning: { channel in
                started.store(true, ordering: .relaxed)
                let shown = host.contains(":") ? "[\(host)]" : host
                ready("http://\(shown):\(channel.localAddress?.port ?? 0)")
            },
            logger: logger)
        do {
            try await application.runService(gracefulShutdownSignals: [.sigterm, .sigint])
        } catch let error where !started.load(ordering: .relaxed) {
            throw ServerError.cannotListen(host: host, port: port, reason: "\(error)")
        }
    }
}

/// Why the server does not start.
package enum ServerError: LoreError, Hashable {
    case notLoopback(host: String)
    case cannotListen(host: String, port: Int, reason: String)

    package var category: ErrorCategory {
        switch self {
        case .notLoopback: .invalidInput
        case .cannotListen: .failure
        }
    }

    package var message: String {
        switch self {
        case .notLoopback(let host): "'\(host)' is not a loopback address"
        case .cannotListen(let host, let port, let reason):
            "cannot listen on \(host):\(port): \(reason)"
        }
    }

    package var hint: String {
        switch self {
        case .notLoopback: "serve on 127.0.0.1, ::1 or localhost"
        case .cannotListen: "choose another port with --port, or 0 for any free one"
        }
    }
}

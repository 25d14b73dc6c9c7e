import Foundation
import Synchronization
import UnixSignals

/// Says that a signal ended the work, which finished first what it had begun to write.
struct Interrupted: Error {
    let signal: Int32

    /// As a shell says it.
    var status: ExitStatus { signal == SIGTERM ? .terminated : .interrupted }

    /// The result of `body`, whose task SIGINT and SIGTERM cancel; a second signal ends the process
    /// at once.
    ///
    /// - Throws: `Interrupted` where `body` gave up for a signal, else what it throws.
    static func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let work = Task { try await body() }
        let received = Received()
        let listener = Task {
            for await signal in signals {
                guard received.isFirst(signal.rawValue) else { exit(128 + signal.rawValue) }
                work.cancel()
            }
        }
        defer { listener.cancel() }
        do {
            return try await work.value
        } catch let error as CancellationError {
            guard let signal = received.signal else { throw error }
            throw Interrupted(signal: signal)
        }
    }
}

/// The first signal that came.
private final class Received: Sendable {
    private let first = Mutex<Int32?>(nil)

    var signal: Int32? { first.withLock { $0 } }

    func isFirst(_ signal: Int32) -> Bool {
        first.withLock { first in
            guard first == nil else { return false }
            first = signal
            return true
        }
    }
}

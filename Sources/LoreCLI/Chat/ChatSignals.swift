import Foundation
import Synchronization
import UnixSignals

/// What SIGINT and SIGTERM do while a conversation runs.
///
/// The first stops the answer that is being written, and one between answers ends the program. Where a
/// person types the lines, SIGINT never ends it.
final class ChatSignals: Sendable {
    private let reader: any LineReader
    private let state = Mutex(State())

    private struct State {
        /// Stops the answer that is being written.
        var stop: (@Sendable () -> Void)?
        /// What came while it was written.
        var signal: Int32?
    }

    init(reader: any LineReader) { self.reader = reader }

    /// The result of `body`, during which signals are listened to.
    ///
    /// They are trapped once: one that comes between two traps would be kept for the second.
    func listening<Result>(during body: () async throws -> Result) async throws -> Result {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let listener = Task {
            for await signal in signals { receive(signal.rawValue) }
        }
        defer { listener.cancel() }
        return try await body()
    }

    /// The result of `body`, whose task a signal cancels.
    ///
    /// - Throws: `Interrupted` where `body` gave up for a signal, else what it throws.
    func interruptible<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let work = Task { try await body() }
        state.withLock { $0 = State(stop: { work.cancel() }) }
        defer { state.withLock { $0 = State() } }
        do {
            return try await work.value
        } catch let error as CancellationError {
            guard let signal = state.withLock({ $0.signal }) else { throw error }
            throw Interrupted(signal: signal)
        }
    }

    private func receive(_ signal: Int32) {
        switch step(after: signal) {
        case .stop(let stop): stop()
        case .goOn: break
        case .end:
            reader.leave()
            exit(128 + signal)
        }
    }

    private enum Step {
        case stop(@Sendable () -> Void)
        case goOn
        case end
    }

    private func step(after signal: Int32) -> Step {
        state.withLock { state in
            if let stop = state.stop, state.signal == nil {
                state.signal = signal
                return .stop(stop)
            }
            return signal == SIGINT && reader.isInteractive ? .goOn : .end
        }
    }
}

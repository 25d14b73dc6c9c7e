import Synchronization

/// One exchange as both sides see it: the loop's thread puts bytes in, one reader takes them out.
final class Transfer: Sendable {
    let request: HTTPRequest
    let timeouts: HTTPTimeouts

    private let highWaterBytes: Int
    private let post: @Sendable (TransferCommand) -> Void
    private let state = Mutex(State())

    private struct State {
        var head: ResponseHead?
        var headWaiter: CheckedContinuation<ResponseHead, any Error>?
        var buffer: [UInt8] = []
        var reader: CheckedContinuation<[UInt8]?, any Error>?
        var isPaused = false
        var ending: Ending?

        /// All bytes that wait, and whether the transfer was paused on their account.
        mutating func takeBuffer() -> (bytes: [UInt8], wasPaused: Bool) {
            defer { (buffer, isPaused) = ([], false) }
            return (buffer, isPaused)
        }
    }

    private enum Ending {
        case complete
        case failed(any Error)
    }

    /// What taking from the buffer led to.
    private enum Take {
        case bytes([UInt8], wasPaused: Bool)
        case end(Ending)
        case wait
    }

    /// Makes a transfer that waits to be started; `post` sends commands about it to the loop.
    init(
        _ request: HTTPRequest, timeouts: HTTPTimeouts, highWaterBytes: Int,
        post: @escaping @Sendable (TransferCommand) -> Void
    ) {
        self.request = request
        self.timeouts = timeouts
        self.highWaterBytes = highWaterBytes
        self.post = post
    }

    // The loop's side, called on its thread.

    func receive(_ head: ResponseHead) {
        let waiter = state.withLock { state in
            state.head = head
            return state.headWaiter.take()
        }
        waiter?.resume(returning: head)
    }

    /// Takes `bytes`, or refuses them because the reader is too far behind; `resume` follows then.
    ///
    /// A reader that waits gets them with `deliver`: one hand-over for many small pieces.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        state.withLock { state in
            guard state.buffer.count < highWaterBytes else {
                state.isPaused = true
                return false
            }
            if state.ending == nil { state.buffer += bytes }
            return true
        }
    }

    /// Hands a reader that waits what has come; true where the transfer is to be resumed for it.
    func deliver() -> Bool {
        let handed = state.withLock { state in
            state.buffer.isEmpty ? nil : state.reader.take().map { ($0, state.takeBuffer()) }
        }
        guard let (reader, (bytes, wasPaused)) = handed else { return false }
        reader.resume(returning: bytes)
        return wasPaused
    }

    func complete() { end(.complete) }

    func fail(_ error: any Error) { end(.failed(error)) }

    // The reader's side.

    /// The head, as soon as it is there.
    func awaitHead() async throws -> ResponseHead {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let known: Result<ResponseHead, any Error>? = state.withLock { state in
                    if case .failed(let error) = state.ending { return .failure(error) }
                    if let head = state.head { return .success(head) }
                    state.headWaiter = continuation
                    return nil
                }
                if let known { continuation.resume(with: known) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// All bytes that wait, or the next that come; `nil` at the end.
    func next() async throws -> [UInt8]? {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let take = takeOrWait(with: continuation)
                switch take {
                case .wait: break
                case .end(.complete): continuation.resume(returning: nil)
                case .end(.failed(let error)): continuation.resume(throwing: error)
                case .bytes(let bytes, let wasPaused):
                    if wasPaused { post(.resume(self)) }
                    continuation.resume(returning: bytes)
                }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Ends the transfer where it still runs; its reader, if any, gets `CancellationError`.
    func cancel() {
        let isRunning = state.withLock { state in
            guard state.ending == nil else { return false }
            state.buffer = []
            return true
        }
        guard isRunning else { return }
        end(.failed(CancellationError()))
        post(.cancel(self))
    }

    private func takeOrWait(with continuation: CheckedContinuation<[UInt8]?, any Error>) -> Take {
        state.withLock { state in
            if !state.buffer.isEmpty {
                let (bytes, wasPaused) = state.takeBuffer()
                return .bytes(bytes, wasPaused: wasPaused)
            }
            if let ending = state.ending { return .end(ending) }
            precondition(state.reader == nil, "a body has one reader at a time")
            state.reader = continuation
            return .wait
        }
    }

    /// The first ending stands.
    private func end(_ ending: Ending) {
        let waiters = state.withLock { state in
            guard state.ending == nil else {
                return (nil, nil)
                    as (
                        CheckedContinuation<ResponseHead, any Error>?,
                        CheckedContinuation<[UInt8]?, any Error>?
                    )
            }
            state.ending = ending
            return (state.headWaiter.take(), state.reader.take())
        }
        switch ending {
        case .complete: waiters.1?.resume(returning: nil)
        case .failed(let error):
            waiters.0?.resume(throwing: error)
            waiters.1?.resume(throwing: error)
        }
    }
}

/// What a transfer asks of its loop.
enum TransferCommand: Sendable {
    case start(Transfer)
    case resume(Transfer)
    case cancel(Transfer)
}

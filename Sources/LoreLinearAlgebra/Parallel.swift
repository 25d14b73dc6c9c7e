import Dispatch
import Synchronization

/// Work on several cores that may block, kept off the threads that run Swift's tasks.
package enum Parallel {
    private static let queue = DispatchQueue(label: "lore.compute", attributes: .concurrent)

    /// Runs `body` for each of `0..<count` on at most `threads` threads and returns when all is done.
    ///
    /// Threads take the next index as they finish one, so unequal pieces balance. Blocks the caller:
    /// asynchronous code goes through `offPool`.
    package static func forEach(
        _ count: Int, threads: Int, _ body: @Sendable (_ index: Int) -> Void
    ) {
        forEach(count, threads: threads, state: {}, { index, _ in body(index) })
    }

    /// As `forEach`, where each thread makes a `state` of its own first.
    package static func forEach<State>(
        _ count: Int, threads: Int, state: @Sendable () -> State,
        _ body: @Sendable (_ index: Int, _ state: State) -> Void
    ) {
        precondition(threads > 0, "\(threads) threads")
        let next = Atomic(0)
        let workers = min(threads, count)
        guard workers > 1 else { return drain(next, until: count, state(), body) }
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            drain(next, until: count, state(), body)
        }
    }

    private static func drain<State>(
        _ next: borrowing Atomic<Int>, until count: Int, _ state: State,
        _ body: (_ index: Int, _ state: State) -> Void
    ) {
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(index, state)
        }
    }

    /// The values of `body` for each of `0..<count`, in order, made on at most `threads` threads.
    package static func map<Value: Sendable>(
        _ count: Int, threads: Int, _ body: @Sendable (_ index: Int) -> Value
    ) -> [Value] {
        let results = Mutex([(index: Int, value: Value)]())
        let ranges = ranges(of: count, pieces: threads * 8)
        forEach(ranges.count, threads: threads) { piece in
            let values = ranges[piece].map { ($0, body($0)) }
            results.withLock { $0.append(contentsOf: values) }
        }
        return results.withLock { $0.sorted { $0.index < $1.index }.map(\.value) }
    }

    /// Cuts `0..<count` into at most `pieces` ranges of nearly equal length, in order.
    package static func ranges(of count: Int, pieces: Int) -> [Range<Int>] {
        precondition(count >= 0 && pieces > 0, "\(count) in \(pieces) pieces")
        let used = min(count, pieces)
        return (0..<used).map { piece in piece * count / used..<(piece + 1) * count / used }
    }

    /// Runs `body`, which may block and compute for long, on a thread outside the cooperative pool.
    package static func offPool<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }
}

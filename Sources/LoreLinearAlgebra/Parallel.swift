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
        precondition(threads > 0, "\(threads) threads")
        let next = Atomic(0)
        let workers = min(threads, count)
        guard workers > 1 else { return drain(next, until: count, body) }
        DispatchQueue.concurrentPerform(iterations: workers) { _ in
            drain(next, until: count, body)
        }
    }

    private static func drain(
        _ next: borrowing Atomic<Int>, until count: Int, _ body: (_ index: Int) -> Void
    ) {
        while true {
            let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
            guard index < count else { return }
            body(index)
        }
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

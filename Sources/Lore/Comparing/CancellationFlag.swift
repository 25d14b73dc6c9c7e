import LoreLinearAlgebra
import Synchronization

/// Tells work outside of any task that its task was cancelled.
final class CancellationFlag: Sendable {
    private let isSet = Atomic(false)

    /// - Throws: `CancellationError`.
    func check() throws {
        if isSet.load(ordering: .relaxed) { throw CancellationError() }
    }

    /// Runs `body` on a thread of its own; it looks at the flag now and then.
    ///
    /// - Throws: What `body` throws.
    static func offPool<Result: Sendable>(
        _ body: @escaping @Sendable (CancellationFlag) throws -> Result
    ) async throws -> Result {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await Parallel.offPool { try body(flag) }
        } onCancel: {
            flag.isSet.store(true, ordering: .relaxed)
        }
    }
}

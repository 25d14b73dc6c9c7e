import Synchronization

/// The answers that are being written, also those that no one reads any more.
final class RunningAnswers: Sendable {
    private struct State {
        var last = 0
        var tasks: [Int: Task<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Begins `work`, which is counted until it ends.
    func begin(_ work: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        state.withLock { state in
            state.last += 1
            let number = state.last
            let task = Task { [self] in
                await work()
                self.state.withLock { $0.tasks[number] = nil }
            }
            state.tasks[number] = task
            return task
        }
    }

    /// Returns when all that have begun have ended.
    func settle() async {
        for task in state.withLock({ Array($0.tasks.values) }) { await task.value }
    }
}

import Synchronization

/// Folders that are worth a look, and a bell for the one who looks.
final class Doorbell: Sendable {
    private let rung = Mutex<Set<String>>([])
    private let (rings, bell) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// Whether somebody waits at the door.
    var isRung: Bool { rung.withLock { !$0.isEmpty } }

    func ring(_ folders: some Sequence<String>) {
        rung.withLock { $0.formUnion(folders) }
        bell.yield()
    }

    /// The folders that were rung for since the last answer.
    func answer() -> Set<String> {
        rung.withLock { rung in
            defer { rung = [] }
            return rung
        }
    }

    /// Waits until it rings.
    ///
    /// - Throws: `CancellationError`.
    func wait() async throws {
        if isRung { return }
        for await _ in rings where isRung { return }
        throw CancellationError()
    }
}

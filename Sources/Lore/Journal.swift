import LoreCore
import LoreLinearAlgebra
import LoreStore
import Synchronization

/// Keeps what is the user's own, conversations and costs, in the order it is told, and holds up no
/// one: what cannot be kept is told when one asks.
final class Journal: Sendable {
    typealias Entry = @Sendable (Store) throws -> Void

    private enum Step: Sendable {
        case write(Entry)
        case settle(CheckedContinuation<Void, Never>)
    }

    private let steps: AsyncStream<Step>.Continuation
    private let failures = Failures()

    init(_ opened: OpenedStore) {
        let (stream, steps) = AsyncStream<Step>.makeStream()
        self.steps = steps
        let failures = failures
        // Not a child of whoever writes first: what was asked is kept though the asking is cancelled.
        Task.detached {
            for await step in stream {
                switch step {
                case .settle(let waiting): waiting.resume()
                case .write(let entry):
                    do {
                        try await Parallel.offPool { try opened.keep(entry) }
                    } catch {
                        failures.add(error)
                    }
                }
            }
        }
    }

    deinit { steps.finish() }

    /// Writes `entry` when all before it is written.
    func write(_ entry: @escaping Entry) { steps.yield(.write(entry)) }

    /// Returns when all that was told before is kept, with a sentence for what could not be.
    func settle() async -> [String] {
        await written()
        return failures.take()
    }

    /// Returns when all that was told before was written, or could not be.
    func written() async {
        await withCheckedContinuation { steps.yield(.settle($0)) }
    }
}

/// Why something was not kept, each reason once.
private final class Failures: Sendable {
    private let sentences = Mutex<[String]>([])

    func add(_ error: any Error) {
        let sentence = "this could not be kept in the history: \(error)"
        sentences.withLock { if !$0.contains(sentence) { $0.append(sentence) } }
    }

    func take() -> [String] {
        sentences.withLock { sentences in
            defer { sentences = [] }
            return sentences
        }
    }
}

import LoreCore
import LoreIngest
import LoreLinearAlgebra
import LoreStore
import Synchronization

/// Whether the index is what the folders hold.
struct Currency: Sendable {
    /// Files added, changed and gone since they were indexed; nil where that cannot be told.
    var changes: Int?
    var notices: [String] = []
}

/// Keeps what the last sweep saw for a moment, for a server that is asked often.
final class SweepMemory: Sendable {
    /// How long it serves.
    private static let lifetime = Duration.seconds(2)

    private struct Seen: Sendable {
        let currency: Currency
        let at: ContinuousClock.Instant
        /// Of the index: a write makes it worthless.
        let generation: Int64
    }

    private let seen = Mutex<Seen?>(nil)

    func recall(generation: Int64) -> Currency? {
        seen.withLock { seen in
            guard let seen, seen.generation == generation,
                seen.at.duration(to: .now) < Self.lifetime
            else { return nil }
            return seen.currency
        }
    }

    func keep(_ currency: Currency, generation: Int64) {
        seen.withLock { $0 = Seen(currency: currency, at: .now, generation: generation) }
    }
}

extension KnowledgeBase {
    /// Whether files have changed since they were indexed, by a sweep of all folders.
    ///
    /// What hinders the sweep hinders no search: it is said, and the count is not known.
    ///
    /// - Parameter mode: Of the search that runs beside it.
    /// - Returns: The count of changes, or why it is not known.
    func currency(beside mode: SearchMode) async -> Currency {
        do {
            let store = try opened.reader()
            let generation = try store.read { try $0.generation() }
            if let known = sweeps.recall(generation: generation) { return known }
            // A search by meaning has a core of its own, the sweep what is left; one by words alone is
            // over long before the sweep.
            let sweep = Sweep(
                store: store, reader: configuration.documentReader,
                threads: configuration.threads > 2 || mode == .lexical ? 2 : 1)
            let currency = Currency(changes: try await Parallel.offPool { try sweep.changes() })
            sweeps.keep(currency, generation: generation)
            return currency
        } catch let error as IngestError {
            return Currency(notices: [
                "whether notes have changed is not known: \(error.message)"
            ])
        } catch {
            // The search meets the same trouble and tells it.
            return Currency()
        }
    }
}

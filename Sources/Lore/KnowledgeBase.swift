import Foundation
import LoreCore
import LoreEmbedding
import LoreStore
import Synchronization

/// A person's notes, searchable and answerable: the public API of lore.
///
/// The command line and the server call these methods and hold no logic of their own. One instance
/// keeps its index open and its model loaded; it may be used from many tasks at once.
public final class KnowledgeBase: Sendable {
    public let configuration: Configuration
    let opened: OpenedStore
    let models: Models
    let codes: CodeCache
    let sweeps = SweepMemory()
    let journal: Journal
    let ledger: CostLedger
    let turnQueue = TurnQueue()
    let running = RunningAnswers()
    /// What `today` in a filter is.
    let time: LocalTime

    /// Opens nothing yet: an index that is absent is an error of the first method that needs it.
    ///
    /// - Parameters:
    ///   - configuration: The settings in force.
    ///   - say: Called with what a person should read at once, such as for whom a change of the
    ///     index waits; a sentence each, on any thread.
    public convenience init(
        configuration: Configuration, say: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.init(
            configuration: configuration, models: Models(configuration: configuration), say: say)
    }

    init(
        configuration: Configuration, models: Models,
        say: @escaping @Sendable (String) -> Void = { _ in }, time: LocalTime = LocalTime(),
        ledger: CostLedger? = nil
    ) {
        self.configuration = configuration
        self.time = time
        self.models = models
        codes = CodeCache(threads: configuration.threads)
        opened = OpenedStore(
            path: configuration.database.path,
            writerTimeout: .seconds(configuration.writerTimeout), say: say)
        journal = Journal(opened)
        self.ledger =
            ledger
            ?? CostLedger(
                configuration: configuration, opened: opened, journal: journal, time: time)
        keepAccount()
    }

    /// Enters in this index, and in no other, what goes to providers and what embedding there takes.
    func keepAccount() {
        recordEgress()
        models.remote.listenToEmbedding { [ledger] model, usage, cost in
            ledger.record(usage, of: model, for: .embedding, cost: cost)
        }
    }

    // The methods by topic: KnowledgeBase+Indexing, +Searching, +Asking, +Notes, +Models, +Upkeep,
    // +Evaluation.
}

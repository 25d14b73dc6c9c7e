import LoreCore
import LoreStore

/// Embeds the chunks that have no vector of the embedder's making yet, batch by batch.
///
/// What is left to do is a query, not a list: an interruption costs at most one batch.
struct VectorFill {
    let store: Store
    let embedder: NoteEmbedder
    let localOnly: LocalOnly
    /// Texts a batch at most.
    let batch: Int
    /// What it may cost.
    let budget: EmbeddingBudget
    /// Asked before each batch whether something more urgent is to be done.
    var pauses: () -> Bool = { false }
    /// Called with the texts embedded so far and all of them.
    let progress: (Int, Int) -> Void

    struct Outcome {
        var embedded = 0
        var truncated = 0
        /// Chunks without a vector, since their text stays on this machine.
        var heldBack = 0
        /// US dollars; nil where nothing is paid or nobody says what.
        var cost: Double?
        /// Whether it paused before all was embedded.
        var isPaused = false
    }

    /// Embeds until nothing is pending, or until it is to pause.
    ///
    /// - Throws: `KnowledgeBaseError.costCeiling` before a batch that would cost too much.
    func run() async throws -> Outcome {
        var outcome = Outcome()
        var budget = budget
        let (heldBack, total) = try store.read { try waiting($0, &outcome) }
        // Asking for the texts themselves looks at every chunk.
        guard total > 0 else { return outcome }
        let batch = min(batch, embedder.batch ?? batch)
        var row: Int64 = 0
        while true {
            try Task.checkCancellation()
            let pending = try store.read {
                try $0.pendingTexts(
                    for: embedder.fingerprint, leavingOut: heldBack, after: row, limit: batch)
            }
            guard let last = pending.last else { return outcome }
            if pauses() {
                outcome.isPaused = true
                return outcome
            }
            let vectors = try await vectors(
                of: pending, from: &budget, after: outcome.embedded, of: total)
            try store.save(vectors, of: pending, madeBy: embedder.fingerprint)
            try store.codeVectors(fullBlocksOnly: true)
            row = last.row
            outcome.cost = budget.cost
            outcome.embedded += pending.count
            outcome.truncated += vectors.truncated.count { $0 }
            progress(outcome.embedded, max(total, outcome.embedded))
        }
    }

    /// The vectors of `pending`, which come after so many texts of `total`.
    private func vectors(
        of pending: [PendingText], from budget: inout EmbeddingBudget, after embedded: Int,
        of total: Int
    ) async throws -> EmbeddingBatch {
        do {
            return try await budget.vectors(of: pending.map(\.text)) {
                try await embedder.embed(pending.map { ($0.text, $0.origin(by: localOnly)) })
            }
        } catch let stop as EmbeddingBudget.Stop {
            throw KnowledgeBaseError.costCeiling(
                period: stop.period, limit: stop.limit, model: embedder.fingerprint.model,
                embedded: embedded, waiting: max(total - embedded, 1))
        }
    }

    /// The documents that are held back from the model, and how many texts of the others wait.
    private func waiting(
        _ reader: StoreReader, _ outcome: inout Outcome
    ) throws -> (heldBack: [Int64], total: Int) {
        let heldBack = embedder.isOnThisMachine ? [] : try localOnly.documents(in: reader)
        if !heldBack.isEmpty {
            outcome.heldBack = try reader.chunkCount(
                ofDocuments: heldBack, without: embedder.fingerprint)
        }
        return (
            heldBack, try reader.pendingCount(for: embedder.fingerprint, leavingOut: heldBack)
        )
    }
}

extension PendingText {
    fileprivate func origin(by localOnly: LocalOnly) -> NoteOrigin {
        NoteOrigin(
            folder: marks.folder, path: path, lines: lines, isLocalOnly: localOnly.holds(for: marks)
        )
    }
}

import LoreCore
import LoreEmbedding
import LoreIngest
import LoreStore

/// Finds out what an indexing run would do; writes nothing.
struct Planner {
    /// Nil where there is no index yet.
    let store: Store?
    let configuration: Configuration
    /// Nil where no model is installed or none is to be used.
    let embedder: NoteEmbedder?
    let progress: @Sendable (IndexProgress) -> Void

    func plan(_ request: IndexRequest) async throws -> IndexPlan {
        let start = ContinuousClock.now
        let known = try store?.read { try $0.folders() } ?? []
        let folders = try FolderRegistration(known: known).wanted(by: request)
        let isPrefixed = known.count + folders.count { $0.folder == nil } > 1
        var plan = IndexPlan()
        var tokens = try TokenPlan(
            embedder: request.embeds ? embedder : nil, store: store,
            localOnly: LocalOnly(configuration))
        plan.report.embedded = try tokens.waiting()
        plan.tokens = try tokens.waitingTokens()
        for folder in folders {
            let prefix = isPrefixed ? folder.name + "/" : ""
            try await add(folder, request, prefix, &tokens, to: &plan)
        }
        plan.cost = request.embeds ? embedder?.cost(ofTokens: plan.tokens) : nil
        try finish(&plan, since: start)
        return plan
    }

    private func add(
        _ wanted: FolderRegistration.Wanted, _ request: IndexRequest, _ prefix: String,
        _ tokens: inout TokenPlan, to plan: inout IndexPlan
    ) async throws {
        let (listing, delta) = try look(at: wanted, request)
        var log = ChangeLog(delta, failures: listing.failures)
        let reading = NoteReading(
            reader: configuration.documentReader, chunker: configuration.chunker(for: embedder),
            keptCut: configuration.keptCut(for: embedder), root: wanted.url,
            threads: configuration.threads)
        var done = 0
        try await reading.forEach(delta.candidates, pausingEach: .seconds(60)) { event in
            guard case .read(let candidate, let reading) = event else { return }
            if let change = log.change(candidate, reading) {
                try add(change, wanted.name, prefix, &tokens, to: &plan)
            }
            done += 1
            progress(
                IndexProgress(
                    phase: .reading, done: done, total: delta.candidates.count,
                    chunks: log.outcome.chunks))
        }
        log.countGone()
        for stamp in log.gone { try add(gone: stamp, prefix, to: &plan) }
        plan.report.folders.append(wanted.name)
        plan.report.add(log.outcome, prefix: prefix)
    }

    private func look(
        at wanted: FolderRegistration.Wanted, _ request: IndexRequest
    ) throws -> (listing: FolderListing, delta: FolderDelta) {
        let rules = FolderDelta.Rules(
            keptCut: configuration.keptCut(for: embedder),
            rereadsEverything: request.rereadsEverything, retriesRefused: true)
        if let store, let folder = wanted.folder {
            return try FolderDelta.look(at: folder, in: store, rules: rules)
        }
        let listing = try FolderWalker(root: wanted.url).walk()
        return (listing, FolderDelta(listing: listing, stamps: [], refused: [], rules: rules))
    }

    private func add(
        _ change: ChangeLog.Change, _ folder: String, _ prefix: String, _ tokens: inout TokenPlan,
        to plan: inout IndexPlan
    ) throws {
        let draft = change.draft
        let cost = try tokens.add(draft, in: folder)
        plan.report.embedded += cost.texts
        plan.tokens += cost.newTokens
        plan.report.reused += cost.reused
        plan.report.truncated += cost.truncated
        plan.report.chunks += draft.chunks.count - (try chunks(of: change.before))
        plan.entries.append(
            IndexPlan.Entry(
                path: prefix + draft.document.path, change: change.kind,
                chunks: draft.chunks.count, tokens: cost.tokens))
    }

    private func add(gone stamp: DocumentStamp, _ prefix: String, to plan: inout IndexPlan) throws {
        plan.report.chunks -= try chunks(of: stamp)
        plan.entries.append(
            IndexPlan.Entry(path: prefix + stamp.path, change: .deleted, chunks: 0, tokens: 0))
    }

    private func chunks(of stamp: DocumentStamp?) throws -> Int {
        guard let store, let stamp else { return 0 }
        return try store.read { try $0.chunkCount(ofDocument: stamp.id) }
    }

    /// Adds what is in the index to what the plan adds to it.
    private func finish(_ plan: inout IndexPlan, since start: ContinuousClock.Instant) throws {
        let status = try store?.read { try $0.status(for: nil) }
        plan.report.documents =
            (status?.documents ?? 0) + plan.report.added - plan.report.deleted
        plan.report.chunks += status?.chunks ?? 0
        plan.report.took = start.duration(to: .now)
    }
}

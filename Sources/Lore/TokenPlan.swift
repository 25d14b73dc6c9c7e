import LoreCore
import LoreEmbedding
import LoreStore

/// Counts what embedding would cost: each text once that has no vector.
struct TokenPlan {
    /// Nil where nothing is to be embedded.
    let embedder: NoteEmbedder?
    let store: Store?
    private let localOnly: LocalOnly
    /// Documents whose text is held back from the model, by row.
    private let heldBack: [Int64]
    private var counted: Set<ContentHash> = []

    /// What the texts of one note would cost.
    struct Cost {
        var texts = 0
        var tokens = 0
        /// The part of `tokens` whose texts did not await a vector before.
        var newTokens = 0
        var truncated = 0
        /// Chunks whose vector is there already.
        var reused = 0
    }

    init(embedder: NoteEmbedder?, store: Store?, localOnly: LocalOnly) throws {
        self.embedder = embedder
        self.store = store
        self.localOnly = localOnly
        let isElsewhere = embedder.map { !$0.isOnThisMachine } ?? false
        heldBack = isElsewhere ? try store?.read(localOnly.documents) ?? [] : []
    }

    /// Texts that awaited a vector before.
    func waiting() throws -> Int {
        guard let embedder, let store else { return 0 }
        return try store.read {
            try $0.pendingCount(for: embedder.fingerprint, leavingOut: heldBack)
        }
    }

    /// The tokens of the texts that awaited a vector before, where they are paid for.
    func waitingTokens() throws -> Int {
        guard let embedder, let store, embedder.cost(ofTokens: 1) != nil else { return 0 }
        var (tokens, row) = (0, Int64(0))
        while true {
            let pending = try store.read {
                try $0.pendingTexts(
                    for: embedder.fingerprint, leavingOut: heldBack, after: row, limit: 1_000)
            }
            guard let last = pending.last else { return tokens }
            tokens += pending.reduce(0) { $0 + embedder.tokens(ofPassage: $1.text).count }
            row = last.row
        }
    }

    /// The cost of `note`, of the folder of that name, beside all notes before it.
    mutating func add(_ note: NoteDraft, in folder: String) throws -> Cost {
        var cost = Cost()
        guard let embedder, embedder.isOnThisMachine || !isLocalOnly(note, in: folder) else {
            return cost
        }
        for (chunk, state) in zip(note.chunks, try states(of: note, embedder)) {
            if state == .embedded { cost.reused += 1 }
            guard state != .embedded, counted.insert(chunk.embeddedTextHash).inserted else {
                continue
            }
            let (tokens, isTruncated) = count(chunk, of: note, embedder)
            cost.tokens += tokens
            cost.truncated += isTruncated ? 1 : 0
            // What awaits its vector is counted among those that waited before.
            cost.texts += state == .unknown ? 1 : 0
            cost.newTokens += state == .unknown ? tokens : 0
        }
        return cost
    }

    private func isLocalOnly(_ note: NoteDraft, in folder: String) -> Bool {
        localOnly.holds(
            for: NoteMarks(
                folder: folder, tags: note.document.tags,
                isMarkedLocalOnly: note.document.isLocalOnly))
    }

    private func states(of note: NoteDraft, _ embedder: NoteEmbedder) throws -> [TextState] {
        guard let store else { return note.chunks.map { _ in .unknown } }
        let hashes = note.chunks.map(\.embeddedTextHash)
        return try store.read { try $0.states(ofTexts: hashes, for: embedder.fingerprint) }
    }

    /// The tokens that the model would read.
    private func count(
        _ chunk: Chunk, of note: NoteDraft, _ embedder: NoteEmbedder
    ) -> (count: Int, isTruncated: Bool) {
        let text = Chunk.embeddedText(
            title: note.document.title, heading: chunk.heading, date: note.document.date,
            lead: chunk.lead, text: chunk.text)
        return embedder.tokens(ofPassage: text)
    }
}

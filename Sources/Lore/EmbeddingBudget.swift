import LoreCore

/// Counts what a run of embedding costs, and keeps it below what the user allows.
struct EmbeddingBudget {
    /// US dollars; nil: without limit.
    let limit: Double?
    private let embedder: NoteEmbedder
    /// What the provider counted.
    private(set) var tokens = 0

    /// - Throws: `KnowledgeBaseError.priceUnknown` where a limit cannot be kept.
    init(limit: Double?, embedder: NoteEmbedder) throws {
        if limit != nil, embedder.isPaid, embedder.cost(ofTokens: 1) == nil {
            throw KnowledgeBaseError.priceUnknown(model: embedder.fingerprint.model)
        }
        self.limit = limit
        self.embedder = embedder
    }

    /// US dollars so far; nil where nothing is paid or nobody says what.
    var cost: Double? { embedder.cost(ofTokens: tokens) }

    /// Whether `texts` may be embedded too, by an estimate of their tokens.
    func admits(_ texts: [String]) -> Bool {
        guard let limit else { return true }
        let more = texts.reduce(0) { $0 + embedder.tokens(ofPassage: $1).count }
        return embedder.cost(ofTokens: tokens + more).map { $0 <= limit } ?? true
    }

    mutating func add(_ vectors: EmbeddingBatch) { tokens += vectors.tokenCounts.reduce(0, +) }
}

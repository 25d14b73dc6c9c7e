import LoreCore

/// Counts what a run of embedding costs, and keeps it below what the user allows for it, for a day and
/// for a month.
struct EmbeddingBudget {
    /// US dollars; nil: without limit.
    private let limit: Double?
    private let embedder: NoteEmbedder
    private let ledger: CostLedger
    /// What the provider counted.
    private(set) var tokens = 0

    /// - Throws: `KnowledgeBaseError.priceUnknown` where a limit cannot be kept.
    init(limit: Double?, embedder: NoteEmbedder, ledger: CostLedger) throws {
        let isLimited = limit != nil || ledger.hasPeriod
        if isLimited, embedder.isPaid, embedder.cost(ofTokens: 1) == nil {
            throw KnowledgeBaseError.priceUnknown(model: embedder.fingerprint.model)
        }
        self.limit = limit
        self.embedder = embedder
        self.ledger = ledger
    }

    /// US dollars so far; nil where nothing is paid or nobody says what.
    var cost: Double? { embedder.cost(ofTokens: tokens) }

    /// What `embed` makes of `texts`, where they may be embedded too, by an estimate of their tokens.
    ///
    /// - Throws: `Stop` before they would cost too much.
    mutating func vectors(
        of texts: [String], by embed: () async throws -> EmbeddingBatch
    ) async throws -> EmbeddingBatch {
        let vectors: EmbeddingBatch
        if embedder.cost(ofTokens: 1) == nil {
            vectors = try await embed()
        } else {
            vectors = try await paidVectors(of: texts, by: embed)
        }
        tokens += vectors.tokenCounts.reduce(0, +)
        return vectors
    }

    /// What is reached, and its limit in US dollars.
    struct Stop: Error {
        let period: CostPeriod
        let limit: Double
    }

    private func paidVectors(
        of texts: [String], by embed: () async throws -> EmbeddingBatch
    ) async throws -> EmbeddingBatch {
        let more = texts.reduce(0) { $0 + embedder.tokens(ofPassage: $1).count }
        if let limit, let all = embedder.cost(ofTokens: tokens + more), all > limit {
            throw Stop(period: .answer, limit: limit)
        }
        do {
            return try await ledger.settingAside(embedder.cost(ofTokens: more) ?? 0, embed)
        } catch KnowledgeBaseError.answerCeiling(let period, let limit, _, _) {
            throw Stop(period: period, limit: limit)
        }
    }
}

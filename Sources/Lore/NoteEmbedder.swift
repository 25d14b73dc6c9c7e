import LoreCore
import LoreEmbedding
import LoreIngest
import LoreProviders

/// The model that notes are cut and embedded for: on this machine, or behind a provider's interface.
enum NoteEmbedder: Embedder {
    case local(LocalEmbedder)
    case remote(RemoteEmbedder)

    var fingerprint: EmbeddingFingerprint {
        switch self {
        case .local(let embedder): embedder.fingerprint
        case .remote(let embedder): embedder.fingerprint
        }
    }

    func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingBatch {
        switch self {
        case .local(let embedder): try await embedder.embed(texts, as: role)
        case .remote(let embedder): try await embedder.embed(texts, as: role)
        }
    }

    /// Whether what it is sent stays on this machine.
    var isOnThisMachine: Bool {
        switch self {
        case .local: true
        case .remote(let embedder): embedder.isOnThisMachine
        }
    }

    /// The vectors of texts of notes, with where each comes from.
    func embed(_ passages: [(text: String, origin: NoteOrigin)]) async throws -> EmbeddingBatch {
        switch self {
        case .local(let embedder):
            try await embedder.embed(passages.map(\.text), as: .passage)
        case .remote(let embedder):
            try await embedder.embed(
                passages.map { EmbeddableText($0.text, of: $0.origin) }, as: .passage)
        }
    }

    /// The vector of a query to which earlier turns add theirs by their weight, `[D]` of unit norm.
    func vector(of query: String, carrying carried: [CarriedText]) async throws -> [Float] {
        let shares = ([1] + carried.map(\.weight)).enumerated().map { row, weight in
            EmbeddingBatch.Share(row: row, weight: weight)
        }
        return try await embed([query] + carried.map(\.text), as: .query).direction(of: shares)
    }

    /// What counts tokens for the chunker; a provider's tokenizer is not known, so that one estimates.
    var counter: any TokenCounter {
        switch self {
        case .local(let embedder): embedder.tokenizer
        case .remote: EstimatedTokenCounter()
        }
    }

    /// Tokens of a text that are read, beside two for its start and its end; nil where nobody says.
    var textTokens: Int? { fingerprint.maxTokens > 0 ? fingerprint.maxTokens - 2 : nil }

    /// Texts that are best embedded at once; nil where any number is.
    var batch: Int? {
        switch self {
        case .local: nil
        case .remote(let embedder): embedder.batch
        }
    }

    /// The tokens that the model would read of a passage, a provider's by an estimate that is hardly
    /// ever too low.
    func tokens(ofPassage text: String) -> (count: Int, isTruncated: Bool) {
        switch self {
        case .local(let embedder):
            let encoding = embedder.tokenizer.encode(
                fingerprint.passagePrefix + text, maxTokens: fingerprint.maxTokens)
            return (encoding.ids.count, encoding.isTruncated)
        case .remote:
            let count = RemoteEmbedder.estimatedTokens(of: text)
            let limit = fingerprint.maxTokens > 0 ? fingerprint.maxTokens : Int.max
            return (min(count, limit), count > limit)
        }
    }

    /// What so many tokens cost, in US dollars; nil where nothing is paid or nobody says.
    func cost(ofTokens count: Int) -> Double? {
        switch self {
        case .local: nil
        case .remote(let embedder): embedder.cost(ofTokens: count)
        }
    }

    /// Whether its use is paid for.
    var isPaid: Bool {
        switch self {
        case .local: false
        case .remote(let embedder): embedder.isPaid
        }
    }
}

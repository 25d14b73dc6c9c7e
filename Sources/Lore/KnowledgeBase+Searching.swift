import LoreChat
public import LoreCore
import LoreEmbedding
import LoreLinearAlgebra
import LoreSearch
import LoreStore

extension KnowledgeBase {
    /// The passages that match a query, best first.
    ///
    /// Where hybrid is asked for and there is no model or no vector, words alone rank, and the
    /// result says so in `mode` and in a notice.
    ///
    /// - Throws: `KnowledgeBaseError` for an empty query or a limit out of range, and where the index
    ///   was made with another model; a `LoreError` where there is no index, or, for the semantic
    ///   mode, no model.
    public func search(_ query: Query) async throws -> SearchResult {
        let start = ContinuousClock.now
        try check(query.text, orThrow: .emptyQuery, limit: query.limit)
        let store = try opened.reader()
        async let currency = currency(beside: query.mode)
        async let codes: Void = loadCodes(for: query.mode, in: store)
        var result = try await byOneModel {
            let meaning = try await meaning(of: query.text, mode: query.mode, in: store)
            let question = Retriever.Question(
                text: query.text, mode: query.mode, meaning: meaning.meaning,
                filter: query.filter.map(time.matcher))
            let (hits, ranking) = try await Parallel.offPool { [retriever] in
                try store.read { try retriever.hits(question, limit: query.limit, in: $0) }
            }
            return SearchResult(
                query: query, mode: question.effectiveMode, hits: hits, passing: ranking.passing,
                took: .zero, notices: meaning.notices + ranking.notices)
        }
        await codes
        result.changedSinceIndexing = await currency.changes
        result.notices += await currency.notices
        result.took = start.duration(to: .now)
        return result
    }

    /// Opens the index and loads the model and the codes, so that the first question finds them.
    ///
    /// - Returns: What a person should know, one sentence each.
    public func prepare() async throws -> [String] {
        let store = try opened.reader()
        let meaning = try await meaning(of: "warm", mode: .hybrid, in: store)
        // A change of model just now makes the first question load the codes instead.
        if let fingerprint = meaning.meaning?.fingerprint {
            _ = try store.read { try codes.index($0, of: fingerprint) }
        }
        return meaning.notices
    }

    /// Loads the codes while the model is loaded and the query embedded.
    func loadCodes(for mode: SearchMode, in store: Store) async {
        guard mode != .lexical else { return }
        // What fails here fails again where the codes are used, and is told there.
        try? await Parallel.offPool { [codes] in
            try store.read { reader in
                guard let active = try reader.activeFingerprint() else { return }
                _ = try codes.index(reader, of: active)
            }
        }
    }

    var retriever: Retriever {
        Retriever(
            codes: codes, threads: configuration.threads, files: configuration.documentReader)
    }

    /// `embedder` is what embedded the questions; nil where words alone must do.
    func answerer(_ store: Store, embedder: NoteEmbedder?) throws -> Answerer {
        Answerer(
            store: store, retriever: retriever, files: try NoteFiles(store, configuration),
            embedder: embedder)
    }

    func check(
        _ text: String, orThrow empty: KnowledgeBaseError, limit: Int
    ) throws {
        guard text.contains(where: { !$0.isWhitespace }) else { throw empty }
        try check(limit: limit)
    }

    func check(limit: Int) throws {
        guard Configuration.limits.contains(limit) else {
            throw KnowledgeBaseError.limitOutOfRange(limit: limit, allowed: Configuration.limits)
        }
    }
}

extension KnowledgeBase {
    /// What a query means to the index's model.
    struct QueryMeaning {
        /// Nil where words alone must do.
        var meaning: Retriever.Meaning?
        /// What made it.
        var embedder: NoteEmbedder?
        /// Why there is none, or what it does not reach.
        var notices: [String] = []
    }

    /// The result of `body`, from the start once more where the index's model changed meanwhile.
    ///
    /// So vectors of two models never meet in one answer, and none fails for the change. Each
    /// repetition is owed to a whole run of `lore index --model`.
    func byOneModel<Result>(_ body: () async throws -> Result) async throws -> Result {
        while true {
            do {
                return try await body()
            } catch is Retriever.ModelChanged {
                continue
            }
        }
    }

    /// What a query means to the index's model, or nothing with the reason.
    ///
    /// What earlier turns said, `carried`, counts beside it by its weight.
    ///
    /// - Throws: In the semantic mode, where there is no model or no vector; in any but the lexical
    ///   one, `KnowledgeBaseError.modelMismatch` where a model is set and the index was made with
    ///   another.
    func meaning(
        of text: String, carrying carried: [CarriedText] = [], mode: SearchMode, in store: Store
    ) async throws -> QueryMeaning {
        guard mode != .lexical else { return QueryMeaning() }
        let active = try store.read { try $0.activeFingerprint() }
        let name = configuration.embeddingModel(for: active)
        if let active, active.model != name {
            throw KnowledgeBaseError.modelMismatch(index: active.model, configured: name)
        }
        async let reranking = Parallel.offPool { [models] in try models.reranker() }
        let embedder =
            mode == .semantic
            ? try await models.embedder(named: name, indexMadeBy: active)
            : try await models.embedderIfInstalled(named: name, indexMadeBy: active)
        guard let embedder else { return QueryMeaning(notices: [Models.missing(name)]) }
        guard let active else {
            guard mode == .hybrid else { throw KnowledgeBaseError.nothingEmbedded }
            return QueryMeaning(notices: [
                "no passage has a vector yet, so only words are searched; run `lore index`"
            ])
        }
        guard embedder.fingerprint == active else {
            throw KnowledgeBaseError.mismatch(index: active, configured: embedder.fingerprint)
        }
        let vector = try await embedder.vector(of: text, carrying: carried)
        let reranker = try await reranking
        let pending = try store.read { try pendingNotices(for: active, in: $0) }
        return QueryMeaning(
            meaning: Retriever.Meaning(
                vector: vector, fingerprint: active, reranker: reranker.model),
            embedder: embedder,
            notices: reranker.notices + pending)
    }
}

import LoreChat
import LoreCore
import LoreEmbedding
import LoreIngest
import LoreSearch
import LoreStore

/// Finds and ranks the chunks that match a query; search, answers and evaluation share it.
struct Retriever {
    let codes: CodeCache
    /// Cores for the scan of the vectors.
    let threads: Int
    /// Reads what stands between two chunks.
    let files: DocumentReader

    /// A query with its meaning; without one, words alone rank.
    struct Question {
        /// The user's own words.
        let text: String
        let mode: SearchMode
        /// Of the words and of what is carried.
        let meaning: Meaning?
        /// Which notes may be found; nil for all.
        var filter: FilterMatcher?
        /// What earlier turns said that is looked for beside the words.
        var carried: [CarriedText] = []
    }

    struct Meaning {
        /// `[D]`, of unit norm.
        let vector: [Float]
        let fingerprint: EmbeddingFingerprint
        /// What judges the best passages; nil where nothing does.
        var reranker: CrossEncoder?
    }

    /// The index answers by another model than the one that embedded the query: that changed between.
    struct ModelChanged: Error {}

    /// Ranks chunks by their rows, each with the score that any ranking would give it; those that the
    /// query does not find are left out.
    typealias Lookup = ([Int64]) throws -> [RankedChunk]

    /// What a query found.
    struct Ranking: Sendable {
        /// Best first.
        var chunks: [RankedChunk] = []
        /// How many of the first are those of a ranking of all chunks.
        var proved = 0
        /// Whether no other chunk is found.
        var isWhole = true
        var matches = LexicalMatches.none
        /// The highest cosine of a chunk; nil where meaning did not count.
        var nearest: Double?
        /// Notes that pass the filter; nil where there is none.
        var passing: Int?

        /// Chunks that hold a word of the query, and those that its meaning found beside them.
        var matched: Int {
            matches.chunkCount + chunks.count { matches.score(ofChunk: $0.row) == nil }
        }

        /// The query's words, for the gate and the answerer.
        var terms: [LexicalTerm] { matches.terms }

        /// Which words no note holds, and what is shown instead; a sentence each.
        var notices: [String] {
            terms.filter { !$0.substitutes.isEmpty }.map { term in
                let shown = term.substitutes.map { "\"\($0)\"" }.joined(separator: ", ")
                return "no note holds \"\(term.text)\"; showing \(shown)"
            }
        }
    }

    /// The chunks that match `question` by the fusion of words and meaning, best first.
    ///
    /// A chunk's score does not depend on `limit` or on the filter, and the first `limit` are those
    /// that a ranking of all chunks would have.
    ///
    /// - Parameters:
    ///   - question: What to look for.
    ///   - limit: How many chunks will be used; more may be returned.
    ///   - reader: The index at one moment.
    /// - Returns: The ranking, and the words that were looked for.
    /// - Throws: `ModelChanged`, `StoreError`, `SearchError`.
    func fused(
        _ question: Question, limit: Int, in reader: StoreReader
    ) throws -> Ranking {
        try fused(question, limit: limit, in: reader) { ranking, _ in ranking.proved >= limit }
    }

    /// The same, the lists that are merged lengthened until `suffices` says that enough is proved, or
    /// until they hold all.
    func fused(
        _ question: Question, limit: Int, in reader: StoreReader,
        until suffices: (Ranking, @escaping Lookup) throws -> Bool
    ) throws -> Ranking {
        var depth = RankingWeights.depth(for: limit)
        let passing = try question.filter.map { try reader.documents(passing: $0) }
        var ranking = Ranking(passing: passing?.count)
        if let passing, passing.isEmpty { return ranking }
        let weights = question.weights
        if question.mode != .semantic {
            ranking.matches = try reader.lexicalMatches(
                question.text, carrying: question.carried, scoredBy: .standard, among: passing,
                order: LexicalOrder(
                    chunkWeight: weights.bm25, documentWeight: weights.noteBM25))
        }
        let scan = try scan(question, passing, reader)
        let cosines = { (rows: [Int64]) in
            try scan?.cosines(of: rows) ?? rows.map { _ in nil }
        }
        while true {
            let nearest = try scan?.nearest(depth) ?? []
            ranking.nearest = nearest.first?.cosine
            let lists = MergedLists(
                words: ranking.matches, listed: ranking.matches.chunks(best: depth),
                nearest: nearest, depth: depth, weights: weights)
            ranking.chunks = try lists.ranking(cosines: cosines)
            (ranking.proved, ranking.isWhole) = lists.proof(of: ranking.chunks)
            let lookup: Lookup = { try lists.ranked($0, cosines: cosines) }
            if try suffices(ranking, lookup) || ranking.isWhole { return ranking }
            depth *= 8
        }
    }

    /// What looks through the vectors; nil where there is no meaning to look for.
    private func scan(
        _ question: Question, _ passing: RowSet?, _ reader: StoreReader
    ) throws -> VectorScan? {
        guard question.mode != .lexical, let meaning = question.meaning else { return nil }
        guard try reader.activeFingerprint() == meaning.fingerprint else { throw ModelChanged() }
        return try VectorScan(
            index: try codes.index(reader, of: meaning.fingerprint), meaning: meaning,
            passing: passing, threads: threads, reader: reader)
    }
}

extension Retriever.Question {
    /// A question as it stands alone, with its meaning and that of what it carries.
    init(
        _ standalone: StandaloneQuestion, mode: SearchMode, meaning: Retriever.Meaning?,
        filter: FilterMatcher? = nil
    ) {
        self.init(
            text: standalone.question, mode: mode, meaning: meaning, filter: filter,
            carried: standalone.carried)
    }

    /// The mode that is really used: words alone where there is no meaning.
    var effectiveMode: SearchMode { meaning == nil ? .lexical : mode }

    var weights: RankingWeights {
        switch effectiveMode {
        case .hybrid: .hybrid
        case .lexical: .lexical
        case .semantic: .semantic
        }
    }
}

extension BM25 {
    /// What a mention counts; chosen on the sets of `docs/RETRIEVAL.md`.
    ///
    /// A compound adds to what its parts score already: at full weight, questions that quote code
    /// lost more than those that name an identifier gained.
    static let standard = BM25(
        k1: 1.2, b: 0.75, titleWeight: 1, headingWeight: 1, bodyWeight: 1, compoundWeight: 0.25)
}

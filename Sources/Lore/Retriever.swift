import LoreCore
import LoreSearch
import LoreStore

/// Finds and ranks the chunks that match a query; search, answers and evaluation share it.
struct Retriever {
    let codes: CodeCache
    /// Cores for the scan of the vectors.
    let threads: Int

    /// A query with its meaning; without one, words alone rank.
    struct Question {
        let text: String
        let mode: SearchMode
        let meaning: Meaning?
    }

    struct Meaning {
        /// `[D]`, of unit norm.
        let vector: [Float]
        let fingerprint: EmbeddingFingerprint
    }

    /// The index answers by another model than the one that embedded the query: that changed between.
    struct ModelChanged: Error {}

    /// What a query found.
    struct Ranking {
        /// Best first.
        let chunks: [RankedChunk]
        /// The query's words, for the gate and the answerer.
        let terms: [LexicalTerm]
    }

    /// The chunks that match `question`, best first.
    ///
    /// - Parameters:
    ///   - question: What to look for.
    ///   - limit: How many chunks will be used; more may be returned.
    ///   - reader: The index at one moment.
    /// - Returns: The ranking, and the words that were looked for.
    /// - Throws: `ModelChanged`, `StoreError`, `SearchError`.
    func ranking(
        _ question: Question, limit: Int, in reader: StoreReader
    ) throws -> Ranking {
        let depth = RankingWeights.depth(for: limit)
        var evidence = RankingEvidence()
        var terms: [LexicalTerm] = []
        if question.mode != .semantic {
            terms = try addWords(question.text, depth, to: &evidence, reader)
        }
        if question.mode != .lexical, let meaning = question.meaning {
            try addMeaning(meaning, depth, to: &evidence, reader)
        }
        let fusion = RankFusion(weights: question.weights)
        return Ranking(chunks: fusion.ranking(evidence), terms: terms)
    }

    private func addWords(
        _ text: String, _ depth: Int, to evidence: inout RankingEvidence, _ reader: StoreReader
    ) throws -> [LexicalTerm] {
        let matches = try reader.lexicalMatches(text, scoredBy: .standard, limit: depth)
        evidence.lexical = matches.chunks.map {
            LexicalMatch(
                row: $0.row, document: ChunkRow.document(of: $0.row), bm25: $0.score)
        }
        evidence.notes = Dictionary(
            uniqueKeysWithValues: matches.documents.map { ($0.row, $0.score) })
        evidence.lexicalCeiling = matches.chunkCeiling
        evidence.noteCeiling = matches.documentCeiling
        return matches.terms
    }

    private func addMeaning(
        _ meaning: Meaning, _ depth: Int, to evidence: inout RankingEvidence,
        _ reader: StoreReader
    ) throws {
        guard try reader.activeFingerprint() == meaning.fingerprint else { throw ModelChanged() }
        let index = try codes.index(reader, of: meaning.fingerprint)
        let exact = StoredVectors(reader: reader, fingerprint: meaning.fingerprint)
        let nearest = try index.nearest(
            to: meaning.vector, count: depth, threads: threads, exact: exact)
        evidence.semantic = Array(try chunks(nearest, reader).prefix(depth))
        let near = Set(evidence.semantic.map(\.row))
        let others = evidence.lexical.map(\.row).filter { !near.contains($0) }
        let texts = try reader.texts(ofChunks: others)
        let cosines = try index.cosines(
            of: texts.map { $0 ?? 0 }, to: meaning.vector, exact: exact)
        for (row, cosine) in zip(others, cosines) { evidence.otherCosines[row] = cosine }
    }

    /// The chunks that say the texts of `matches`, best first, equals by row.
    private func chunks(_ matches: [RowMatch], _ reader: StoreReader) throws -> [VectorMatch] {
        let chunks = try reader.chunks(ofTexts: matches.map(\.row))
        let found = zip(matches, chunks).flatMap { match, rows in
            rows.map {
                VectorMatch(
                    row: $0, document: ChunkRow.document(of: $0), cosine: match.cosine)
            }
        }
        return found.sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
    }
}

extension Retriever.Question {
    /// The mode that is really used: words alone where there is no meaning.
    var effectiveMode: SearchMode { meaning == nil ? .lexical : mode }

    fileprivate var weights: RankingWeights {
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

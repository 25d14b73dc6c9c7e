import GRDB
package import LoreCore

/// A row that holds words of the query.
package struct LexicalCandidate: Hashable, Sendable {
    /// Of a chunk or of a document.
    package let row: Int64
    /// BM25: the larger the better, above 0.
    package let score: Double
    /// Terms of the query that stand in it.
    package let matchedTerms: Int
}

/// A term that was looked for.
package struct LexicalTerm: Hashable, Sendable {
    /// As the user wrote it; the words of a phrase joined by spaces.
    package let text: String
    /// Whether it is a phrase that stands beside its parts, like `foo-bar`.
    package let isCompound: Bool
    /// Whether an earlier turn said it and the question does not.
    package let isCarried: Bool
    /// The words that were looked for instead, where no note holds it; mostly none.
    package let substitutes: [String]
    /// Chunks and documents that hold it.
    package let chunks: Int
    package let documents: Int
    /// How telling it is: its inverse frequency among the chunks and among the documents, above 0,
    /// with the weight of a compound and of an earlier turn.
    package let chunkWeight: Double
    package let documentWeight: Double
}

extension StoreReader {
    /// Finds chunks and whole notes by the words of `text`.
    ///
    /// `text` is never syntax. English stop words are left out unless there is nothing else; only
    /// the first 64 distinct terms are looked for. Text without a word finds nothing. Where no
    /// note holds any term, words that begin with one or nearly equal it are looked for and count less.
    ///
    /// - Parameters:
    ///   - text: The user's own words.
    ///   - carried: What earlier turns said, each word for its text's weight of one of the user's.
    ///   - bm25: What a mention counts.
    ///   - documents: Those that may be found; nil for all. How telling a term is does not depend on
    ///     them, so a score does not either.
    ///   - order: What puts one chunk before another.
    /// - Returns: The terms, found or not, and what they found.
    /// - Throws: The errors of any read; never for what `text` says.
    /// - Complexity: O(*m* log *m*) for *m* chunks that hold a term.
    package func lexicalMatches(
        _ text: String, carrying carried: [CarriedText] = [], scoredBy bm25: BM25,
        among documents: RowSet? = nil, order: LexicalOrder = .chunksAlone
    ) throws -> LexicalMatches {
        var query = try LexicalQuery(text, carrying: carried, in: database)
        guard !query.terms.isEmpty else { return .none }
        let matches = TermMatches(try query.postings(in: database))
        let lengths = try TextLengths(of: matches, in: database)
        let chunks = ChunkScoring(matches, of: query, lengths, by: bm25)
        let notes = DocumentScoring(matches, of: query, lengths, by: bm25)
        let terms = query.terms.indices.map { term(query.terms[$0], $0, chunks, notes) }
        return LexicalMatches(
            terms: terms, allChunks: chunks.candidates(among: documents),
            allDocuments: notes.candidates(among: documents),
            chunkCeiling: bm25.ceiling(terms.map(\.chunkWeight)),
            documentCeiling: bm25.ceiling(terms.map(\.documentWeight)),
            unseenWeight: BM25.inverseFrequency(of: 0, in: Int(matches.totals.rows)),
            order: order)
    }

    /// What is told of a term; one that no note holds is told so, whatever is found instead of it.
    private func term(
        _ term: LexicalQuery.Term, _ index: Int, _ chunks: ChunkScoring, _ notes: DocumentScoring
    ) -> LexicalTerm {
        let isMissing = !term.substitutes.isEmpty
        return LexicalTerm(
            text: term.text, isCompound: term.isCompound, isCarried: term.weight < 1,
            substitutes: term.substitutes,
            chunks: isMissing ? 0 : chunks.frequencies[index],
            documents: isMissing ? 0 : notes.frequencies[index],
            chunkWeight: isMissing
                ? term.weight
                    * BM25.inverseFrequency(of: 0, in: Int(chunks.matches.totals.rows))
                : chunks.inverseFrequencies[index],
            documentWeight: isMissing
                ? term.weight * BM25.inverseFrequency(of: 0, in: notes.lengths.documents)
                : notes.inverseFrequencies[index])
    }
}

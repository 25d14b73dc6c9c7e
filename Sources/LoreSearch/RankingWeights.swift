/// What each signal counts in a ranking.
///
/// Chosen on the sets of `docs/RETRIEVAL.md`, one set of numbers for all of them.
package struct RankingWeights: Hashable, Sendable {
    /// Of the cosine, which lies in −1 to 1 by itself.
    package let cosine: Double
    /// Of the chunk's BM25 over the highest that the query allows, 0 to 1.
    package let bm25: Double
    /// Of the whole note's BM25 over the highest that the query allows, 0 to 1.
    package let noteBM25: Double

    /// Words and meaning.
    ///
    /// They sum to one, so that a chunk that is the query scores about one.
    package static let hybrid = RankingWeights(cosine: 0.38, bm25: 0.42, noteBM25: 0.2)
    /// Words alone: the same proportion of chunk and note.
    package static let lexical = RankingWeights(cosine: 0, bm25: 0.68, noteBM25: 0.32)
    /// Meaning alone.
    package static let semantic = RankingWeights(cosine: 1, bm25: 0, noteBM25: 0)

    package init(cosine: Double, bm25: Double, noteBM25: Double) {
        precondition(cosine >= 0 && bm25 >= 0 && noteBM25 >= 0, "a weight is negative")
        self.cosine = cosine
        self.bm25 = bm25
        self.noteBM25 = noteBM25
    }

    /// How many of each signal's best are looked at for a result of `limit` chunks.
    ///
    /// Two hundred were as good as a thousand in the trials; a longer result needs more.
    package static func depth(for limit: Int) -> Int { max(200, 4 * limit) }
}

/// What puts one chunk that holds words of a query before another.
package struct LexicalOrder: Hashable, Sendable {
    /// Of the chunk's BM25 over the highest that the query allows.
    package let chunkWeight: Double
    /// Of the whole note's BM25 over the highest that the query allows.
    package let documentWeight: Double

    package static let chunksAlone = LexicalOrder(chunkWeight: 1, documentWeight: 0)

    package init(chunkWeight: Double, documentWeight: Double) {
        self.chunkWeight = chunkWeight
        self.documentWeight = documentWeight
    }
}

/// What the words of a query found.
package struct LexicalMatches: Hashable, Sendable {
    package let terms: [LexicalTerm]
    /// The scores that no chunk and no document can reach, whatever it says.
    package let chunkCeiling: Double
    package let documentCeiling: Double
    /// How telling a term would be that no chunk holds: the highest of all weights.
    package let unseenWeight: Double
    /// All that were found, by row.
    private let allChunks: [LexicalCandidate]
    private let allDocuments: [LexicalCandidate]
    private let order: LexicalOrder

    package static let none = LexicalMatches(
        terms: [], allChunks: [], allDocuments: [], chunkCeiling: 0, documentCeiling: 0,
        unseenWeight: 0, order: .chunksAlone)

    init(
        terms: [LexicalTerm], allChunks: [LexicalCandidate], allDocuments: [LexicalCandidate],
        chunkCeiling: Double, documentCeiling: Double, unseenWeight: Double, order: LexicalOrder
    ) {
        self.terms = terms
        self.allChunks = allChunks
        self.allDocuments = allDocuments
        self.chunkCeiling = chunkCeiling
        self.documentCeiling = documentCeiling
        self.unseenWeight = unseenWeight
        self.order = order
    }

    /// How many chunks hold a word of the query.
    package var chunkCount: Int { allChunks.count }

    /// BM25 of the chunk in `row`; nil where it holds no word of the query.
    package func score(ofChunk row: Int64) -> Double? { Self.score(of: row, in: allChunks) }

    /// BM25 of the document in `row`; nil where it holds no word of the query.
    package func score(ofDocument row: Int64) -> Double? { Self.score(of: row, in: allDocuments) }

    /// The place of the chunk in `row` among all that were found, by its BM25, from 1.
    package func rank(ofChunk row: Int64) -> Int? { Self.rank(of: row, in: allChunks) }

    /// The place of the document in `row` among all that were found, by its BM25, from 1.
    package func rank(ofDocument row: Int64) -> Int? { Self.rank(of: row, in: allDocuments) }

    /// What the words count for the chunk in `row`, in the order asked for; 0 to the sum of weights.
    package func value(ofChunk row: Int64) -> Double {
        value(
            chunk: score(ofChunk: row) ?? 0,
            document: score(ofDocument: ChunkRow.document(of: row)) ?? 0)
    }

    private func value(chunk: Double, document: Double) -> Double {
        var value = 0.0
        if chunkCeiling > 0 { value += order.chunkWeight * (chunk / chunkCeiling) }
        if documentCeiling > 0 { value += order.documentWeight * (document / documentCeiling) }
        return value
    }

    /// The best `count` chunks in the order asked for; ties by row.
    package func chunks(best count: Int) -> [LexicalCandidate] {
        var next = 0
        let values = allChunks.map { chunk in
            let document = ChunkRow.document(of: chunk.row)
            while next < allDocuments.count, allDocuments[next].row < document { next += 1 }
            let found = next < allDocuments.count && allDocuments[next].row == document
            return value(chunk: chunk.score, document: found ? allDocuments[next].score : 0)
        }
        return Self.best(count, values).map { allChunks[$0] }
    }

    /// The best `count` notes, each scored as one text; ties by row.
    package func documents(best count: Int) -> [LexicalCandidate] {
        Self.best(count, allDocuments.map(\.score)).map { allDocuments[$0] }
    }

    /// The highest BM25 of a document; 0 where there is none.
    package var bestDocumentScore: Double { allDocuments.reduce(0) { max($0, $1.score) } }

    /// Indices of the highest of `values`, highest first, ties by index.
    private static func best(_ count: Int, _ values: [Double]) -> [Int] {
        var kept: [Int] = []
        var cutoff = -Double.infinity
        let cut = {
            kept.sort { (values[$1], $0) < (values[$0], $1) }
            kept.removeLast(max(0, kept.count - count))
        }
        for index in values.indices where values[index] > cutoff {
            kept.append(index)
            if kept.count >= 2 * count + 256 {
                cut()
                cutoff = values[kept[count - 1]]
            }
        }
        cut()
        return kept
    }

    private static func score(of row: Int64, in candidates: [LexicalCandidate]) -> Double? {
        var low = 0
        var high = candidates.count
        while low < high {
            let middle = (low + high) / 2
            if candidates[middle].row < row { low = middle + 1 } else { high = middle }
        }
        return low < candidates.count && candidates[low].row == row ? candidates[low].score : nil
    }

    private static func rank(of row: Int64, in candidates: [LexicalCandidate]) -> Int? {
        guard let score = score(of: row, in: candidates) else { return nil }
        return candidates.reduce(1) {
            $0 + ($1.score > score || $1.score == score && $1.row < row ? 1 : 0)
        }
    }
}

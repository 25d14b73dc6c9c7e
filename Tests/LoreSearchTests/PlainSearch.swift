import LoreLinearAlgebra

@testable import LoreSearch

/// The oracle: every product in double precision, a full sort.
enum PlainSearch {
    static func nearest(
        to query: [Float], in vectors: MatrixVectors, count: Int,
        where isIncluded: (Int64) -> Bool = { _ in true }
    ) -> [RowMatch] {
        let scored = vectors.rows.indices.filter { isIncluded(vectors.rows[$0]) }.map {
            RowMatch(row: vectors.rows[$0], cosine: product(query, Array(vectors.matrix.row($0))))
        }
        let sorted = scored.sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }
        return Array(sorted.prefix(count))
    }

    static func product(_ query: [Float], _ vector: [Float]) -> Double {
        var sum = 0.0
        for feature in query.indices { sum += Double(query[feature]) * Double(vector[feature]) }
        return sum
    }
}

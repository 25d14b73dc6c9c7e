import LoreCore
import LoreLinearAlgebra
import LoreSearch
import LoreStore

/// How like one note all others are, in one pass over their vectors.
struct NoteComparison {
    /// A chunk and the text it says.
    struct Passage {
        let chunk: Int64
        let text: Int64
    }

    /// Another note, with the chunks that are nearest to each other.
    struct Match: Sendable {
        let document: Int64
        let score: Double
        let ownChunk: Int64
        let chunk: Int64
    }

    /// Vectors held at once, more where one note has more.
    private static let vectorsAtOnce = 4096

    let vectors: StoredVectors
    /// Cores to use.
    let threads: Int

    /// The notes that `others` are passages of, most like the one of `own` first, equals by row.
    ///
    /// Passages that have no vector are left out, and a note all of whose have none.
    ///
    /// - Parameters:
    ///   - own: Passages of one note.
    ///   - others: Passages of others, by chunk.
    /// - Returns: One match a note; none where no passage of `own` has a vector.
    /// - Throws: `StoreError`.
    func matches(of own: [Passage], among others: [Passage]) throws -> [Match] {
        let own = try vectors.present(own)
        guard !own.passages.isEmpty else { return [] }
        var matches: [Match] = []
        var start = 0
        while start < others.count {
            var end = min(start + Self.vectorsAtOnce, others.count)
            // A note is compared as a whole.
            while end < others.count, others[end].document == others[end - 1].document { end += 1 }
            let batch = try vectors.present(Array(others[start..<end]))
            matches += compare(own, batch)
            start = end
        }
        return matches.sorted { ($1.score, $0.document) < ($0.score, $1.document) }
    }

    private func compare(_ own: StoredVectors.Present, _ others: StoredVectors.Present) -> [Match] {
        let notes = others.notes
        return Parallel.map(notes.count, threads: threads) { index in
            let rows = notes[index]
            let likeness = NoteLikeness(own.vectors, others.vectors.slice(rows: rows))
            return Match(
                document: others.passages[rows.lowerBound].document, score: likeness.score,
                ownChunk: own.passages[likeness.left].chunk,
                chunk: others.passages[rows.lowerBound + likeness.right].chunk)
        }
    }
}

extension NoteComparison.Passage {
    var document: Int64 { ChunkRow.document(of: chunk) }
}

extension StoredVectors {
    /// Passages with their vectors, row for row.
    struct Present: Sendable {
        var passages: [NoteComparison.Passage] = []
        var vectors: Matrix

        /// Where the passages of each note are.
        var notes: [Range<Int>] {
            var notes: [Range<Int>] = []
            var start = 0
            for index in passages.indices.dropFirst()
            where passages[index].document != passages[start].document {
                notes.append(start..<index)
                start = index
            }
            return passages.isEmpty ? [] : notes + [start..<passages.count]
        }
    }

    /// Those of `passages` that have a vector.
    func present(_ passages: [NoteComparison.Passage]) throws -> Present {
        let matrix = Matrix(rows: passages.count, columns: fingerprint.dimensions)
        var present = Present(vectors: matrix)
        try reader.forEachVector(of: passages.map(\.text), madeBy: fingerprint) { index, vector in
            _ = matrix.row(present.passages.count).update(fromContentsOf: vector)
            present.passages.append(passages[index])
        }
        present.vectors = matrix.slice(rows: 0..<present.passages.count)
        return present
    }
}

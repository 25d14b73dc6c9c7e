import LoreCore
import LoreSearch
import LoreStore

/// A query's way through the vectors, those of the notes that may be found.
///
/// Codes and vectors are those of texts; several chunks may say one text.
struct VectorScan {
    private let index: QuantizedIndex
    private let query: [Float]
    private let passing: RowSet?
    private let mask: RowMask?
    private let threads: Int
    private let reader: StoreReader
    private let exact: StoredVectors

    /// - Parameters:
    ///   - index: The codes, as `reader` sees them.
    ///   - meaning: What is looked for.
    ///   - passing: The notes that may be found; nil for all.
    ///   - threads: Cores to use.
    ///   - reader: The index at one moment.
    /// - Throws: The errors of any read.
    init(
        index: QuantizedIndex, meaning: Retriever.Meaning, passing: RowSet?, threads: Int,
        reader: StoreReader
    ) throws {
        self.index = index
        query = meaning.vector
        self.passing = passing
        self.threads = threads
        self.reader = reader
        exact = StoredVectors(reader: reader, fingerprint: meaning.fingerprint)
        mask = try passing.map { passing in
            let texts = try reader.texts(ofDocuments: passing)
            return index.mask(texts.contains)
        }
    }

    /// The nearest chunks, best first, equals by row: `count`, or all where there are fewer.
    func nearest(_ count: Int) throws -> [VectorMatch] {
        let texts = try index.nearest(
            to: query, count: count, mask: mask, threads: threads, exact: exact)
        let chunks = try reader.chunks(ofTexts: texts.map(\.row))
        let found = zip(texts, chunks).flatMap { text, rows in
            rows.map {
                VectorMatch(row: $0, document: ChunkRow.document(of: $0), cosine: text.cosine)
            }
        }
        return Array(
            found.filter { passing?.contains($0.document) ?? true }
                .sorted { ($1.cosine, $0.row) < ($0.cosine, $1.row) }.prefix(count))
    }

    /// The likeness of the chunks in `rows`, in their order; nil where one has no vector.
    func cosines(of rows: [Int64]) throws -> [Double?] {
        // No text has row 0.
        let texts = try reader.texts(ofChunks: rows).map { $0 ?? 0 }
        return try index.cosines(of: texts, to: query, exact: exact)
    }
}

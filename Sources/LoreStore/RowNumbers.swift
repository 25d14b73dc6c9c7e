/// The SQLite row of a chunk, which tells its document without a look-up.
///
/// A query may match most chunks of an index; that each row names its document spares a random
/// read a match. Rows of one document are neighbours, so its chunks are one range.
package enum ChunkRow {
    /// Chunks a document may have.
    package static let limit: Int64 = 1 << 20

    /// The row of chunk `number`, from 0, of the document in row `document`.
    package static func row(document: Int64, number: Int64) -> Int64 {
        document << 20 | number
    }

    /// The row of the document that the chunk in `row` belongs to.
    package static func document(of row: Int64) -> Int64 { row >> 20 }

    /// All rows that chunks of `document` can have.
    static func rows(of document: Int64) -> ClosedRange<Int64> {
        row(document: document, number: 0)...row(document: document, number: limit - 1)
    }
}

/// The SQLite row of a vector: vectors of one making are neighbours, in the order of their texts.
///
/// So all vectors of a fingerprint are read in one sweep, and joined to chunks by a merge.
enum VectorRow {
    static func row(fingerprint: Int64, text: Int64) -> Int64 { fingerprint << 40 | text }

    static func text(of row: Int64) -> Int64 { row & (1 << 40 - 1) }

    static func rows(of fingerprint: Int64) -> ClosedRange<Int64> {
        row(fingerprint: fingerprint, text: 0)...row(fingerprint: fingerprint, text: 1 << 40 - 1)
    }
}

/// A chunk's row and its note's, with the chunk's likeness to a query.
package struct VectorMatch: Hashable, Sendable {
    package let row: Int64
    /// The row of the note that the chunk belongs to.
    package let document: Int64
    /// The inner product of unit vectors, −1 to 1.
    package let cosine: Double

    package init(row: Int64, document: Int64, cosine: Double) {
        self.row = row
        self.document = document
        self.cosine = cosine
    }
}

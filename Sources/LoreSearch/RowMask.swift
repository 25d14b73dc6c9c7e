/// Which rows of a `VectorIndex` a search may return.
package struct RowMask: Hashable, Sendable {
    private let allowed: [Bool]

    /// One flag for each row of the index, in its order.
    package init(_ allowed: [Bool]) { self.allowed = allowed }

    package var count: Int { allowed.count }
    package subscript(index: Int) -> Bool { allowed[index] }
}

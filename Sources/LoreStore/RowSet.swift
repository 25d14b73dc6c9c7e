/// Rows of a table, such as the documents that pass a filter.
///
/// A bit for each row that was ever used, so that asking costs the same for few and for many.
package struct RowSet: Hashable, Sendable {
    package private(set) var count = 0
    private var words: [UInt64] = []

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package func contains(_ row: Int64) -> Bool {
        let word = Int(row >> 6)
        guard words.indices.contains(word) else { return false }
        return words[word] >> UInt64(row & 63) & 1 == 1
    }

    /// - Precondition: `row` is not negative.
    package mutating func insert(_ row: Int64) {
        guard !contains(row) else { return }
        let word = Int(row >> 6)
        if word >= words.count {
            words += [UInt64](repeating: 0, count: word + 1 - words.count)
        }
        words[word] |= 1 << UInt64(row & 63)
        count += 1
    }
}

/// Where the pages of a document begin in its text.
public struct PageMap: Hashable, Sendable {
    /// UTF-8 offsets of the first byte of page 1, 2 and so on, ascending; empty: no pages.
    public let starts: [Int]

    public init(starts: [Int] = []) { self.starts = starts }

    /// The page, from 1, that the byte at `offset` stands on; nil where there are no pages.
    public func page(at offset: Int) -> Int? {
        guard !starts.isEmpty else { return nil }
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(1, low)
    }
}

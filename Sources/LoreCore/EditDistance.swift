/// How many changes of a letter make one word of another.
package enum EditDistance {
    /// The fewest letters to change, add or leave out, each once; nil where it is more than `limit`.
    ///
    /// - Parameters:
    ///   - one: A word.
    ///   - other: Another.
    ///   - limit: What is more is not counted to its end.
    ///   - exchanging: Whether two neighbours that change places count as one change.
    /// - Returns: The changes; nil only where there is a limit.
    /// - Complexity: O(*n* · *m*) for words of *n* and *m* letters.
    /// - SeeAlso: Wagner and Fischer (1974), doi:10.1145/321796.321811
    package static func between<Letter: Equatable>(
        _ one: [Letter], _ other: [Letter], atMost limit: Int = .max, exchanging: Bool = false
    ) -> Int? {
        guard abs(one.count - other.count) <= limit else { return nil }
        var (before, last) = ([Int](), Array(0...other.count))
        for row in one.indices {
            var next = [row + 1]
            for column in other.indices {
                let change = last[column] + (one[row] == other[column] ? 0 : 1)
                var best = min(change, last[column + 1] + 1, next[column] + 1)
                let isExchanged =
                    exchanging && row > 0 && column > 0 && one[row] == other[column - 1]
                    && one[row - 1] == other[column]
                if isExchanged { best = min(best, before[column - 1] + 1) }
                next.append(best)
            }
            guard next.contains(where: { $0 <= limit }) else { return nil }
            (before, last) = (last, next)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}

/// Numbers in sets that can be joined.
///
/// Joining by size and halving paths: nearly constant time each.
/// - SeeAlso: Tarjan 1975, doi:10.1145/321879.321884
package struct DisjointSets: Sendable {
    /// The number above in its set's tree; itself for the root.
    private var parents: [Int32]
    private var sizes: [Int32]

    /// Each of `0..<count` in a set of its own.
    package init(count: Int) {
        parents = (0..<Int32(count)).map { $0 }
        sizes = [Int32](repeating: 1, count: count)
    }

    /// The number that stands for the set of `number`.
    package mutating func root(of number: Int) -> Int {
        var current = Int32(number)
        while parents[Int(current)] != current {
            let above = parents[Int(parents[Int(current)])]
            parents[Int(current)] = above
            current = above
        }
        return Int(current)
    }

    /// The same, where the sets must stay as they are.
    func currentRoot(of number: Int) -> Int {
        var current = number
        while Int(parents[current]) != current { current = Int(parents[current]) }
        return current
    }

    /// Joins the sets of two numbers.
    ///
    /// - Returns: Whether they were two.
    @discardableResult
    package mutating func join(_ left: Int, _ right: Int) -> Bool {
        let roots = (root(of: left), root(of: right))
        guard roots.0 != roots.1 else { return false }
        let isLeftLarger = sizes[roots.0] >= sizes[roots.1]
        let (upper, lower) = isLeftLarger ? roots : (roots.1, roots.0)
        parents[lower] = Int32(upper)
        sizes[upper] += sizes[lower]
        return true
    }
}

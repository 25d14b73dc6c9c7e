extension EmbeddingBatch {
    /// A vector of the batch and what it counts beside others.
    package struct Share: Hashable, Sendable {
        package let row: Int
        package let weight: Double

        package init(row: Int, weight: Double) {
            self.row = row
            self.weight = weight
        }
    }

    /// The direction of the weighted sum of `shares`, `[dimensions]`, of unit norm.
    ///
    /// Of one vector it is that vector, bit for bit; where the sum is zero, it is the first.
    ///
    /// - Precondition: There is a share, and its weight is above 0.
    package func direction(of shares: [Share]) -> [Float] {
        precondition(shares.first.map { $0.weight > 0 } ?? false, "no share: \(shares)")
        let first = Array(self[shares[0].row])
        guard shares.count > 1 else { return first }
        var sum = [Double](repeating: 0, count: dimensions)
        for share in shares {
            for (feature, value) in self[share.row].enumerated() {
                sum[feature] += share.weight * Double(value)
            }
        }
        let norm = sum.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? sum.map { Float($0 / norm) } : first
    }
}

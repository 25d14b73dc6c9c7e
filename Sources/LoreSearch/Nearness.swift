/// When two vectors of unit norm are near each other: the one definition that all comparisons share.
struct Nearness: Hashable, Sendable {
    /// The lowest product of a pair.
    let threshold: Double

    func holds(_ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>) -> Bool {
        Self.product(left, right) >= threshold
    }

    /// What a product in single precision cannot fall below where the true one reaches the threshold.
    ///
    /// A sum of *D* products in any order is off by at most *D* · u / (1 − *D* · u) · |x| · |y|,
    /// u = 2⁻²⁴; twice that covers the rounding of the threshold as well.
    /// - SeeAlso: Higham 2002, Accuracy and Stability of Numerical Algorithms, § 3.1
    func lowestProduct(dimensions: Int, norms: Double) -> Float {
        let relative = 2 * Double(dimensions + 1) * 0x1p-24
        return Float(threshold - relative * max(1, norms)).nextDown
    }

    static func norm(_ vector: UnsafeBufferPointer<Float>) -> Double {
        product(vector, vector).squareRoot()
    }

    /// The inner product in double precision: a float times a float loses nothing there.
    static func product(
        _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>
    ) -> Double {
        var sum = 0.0
        for feature in left.indices { sum += Double(left[feature]) * Double(right[feature]) }
        return sum
    }
}

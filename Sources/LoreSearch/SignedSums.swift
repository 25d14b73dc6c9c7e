/// Sums of the same values under many sign patterns, eight values a step.
struct SignedSums {
    /// For each eight values, one after the other, their sum by the eight bits of the pattern.
    private let sums: [Double]
    private let steps: Int

    private static let patterns = 256

    init(_ values: [Double]) {
        let starts = stride(from: 0, to: values.count, by: 8)
        sums = starts.flatMap { start in
            (0..<Self.patterns).map { Self.sum(values[start...].prefix(8), $0) }
        }
        steps = sums.count / Self.patterns
    }

    /// The sum with the sign turned of each value whose bit is set, the lowest bit first.
    ///
    /// - Parameter nextWord: Called for the bits of each 64 values.
    /// - Returns: 0 where there are no values.
    func sum(_ nextWord: () -> UInt64) -> Double {
        var sum = 0.0
        var bits: UInt64 = 0
        for step in 0..<steps {
            if step % 8 == 0 { bits = nextWord() }
            sum += sums[step * Self.patterns + Int(bits & 0xFF)]
            bits >>= 8
        }
        return sum
    }

    private static func sum(_ values: ArraySlice<Double>, _ pattern: Int) -> Double {
        values.enumerated().reduce(0) { sum, value in
            pattern >> value.offset & 1 == 0 ? sum + value.element : sum - value.element
        }
    }
}

import LoreLinearAlgebra

/// A query as 16-bit numbers, with what is needed to bound its true products.
///
/// Everything here is of the query times a power of two, which brings its largest number between 1
/// and 2, so that nothing underflows in single precision; `unit` takes a bound back. The derivation
/// stands in `docs/RETRIEVAL.md`.
struct QuantizedQuery {
    /// `[columns]`, filled up with zeros.
    let numbers: [Int16]
    /// What a bound is multiplied by to be one of the query's own products: a power of two.
    let unit: Double
    /// What a number stands for.
    private let step: Double
    /// At least the length of what `numbers` stand for.
    private let norm: Double
    /// At least the length of what they leave out, and the share of the reference's own rounding.
    private let lost: Double

    /// Beyond this length single precision could overflow: such vectors are all scored exactly.
    private static let longest = 0x1p96

    /// - Precondition: `query` is finite.
    init(_ query: [Float], columns: Int) {
        let largest = Double(query.map(abs).max() ?? 0)
        unit = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
        let most = Double(CodeKernels.largestNumber(columns: columns))
        step = largest / unit / most
        let inverse = step > 0 ? 1 / step : 0
        var (whole, kept, rest) = (0.0, 0.0, 0.0)
        var numbers = [Int16](repeating: 0, count: columns)
        for feature in query.indices {
            let value = Double(query[feature]) / unit
            let number = nearestInteger(max(-most, min(most, value * inverse)))
            numbers[feature] = Int16(number)
            let stands = number * step
            whole += value * value
            kept += stands * stands
            rest += (value - stands) * (value - stands)
        }
        self.numbers = numbers
        norm = roundedUp(kept.squareRoot())
        // Double(columns) · 2⁻⁵² is twice what a sum of products in double precision rounds.
        lost =
            roundedUp(rest.squareRoot())
            + roundedUp(whole.squareRoot()) * Double(columns) * 0x1p-52
    }

    /// The bound for vectors no longer than `largestNorm`.
    func bound(largestNorm: Double) -> CodeKernels.Bound {
        guard largestNorm < Self.longest else {
            return CodeKernels.Bound(factor: Float(step), slope: 0, margin: .infinity)
        }
        // 2⁻²⁰: what single precision rounds in the product; 2⁻¹¹⁸: what may underflow there.
        let margin = (lost + norm * 0x1p-20) * largestNorm * (1 + 0x1p-20) + 0x1p-118
        return CodeKernels.Bound(
            factor: Float(step), slope: Float(roundingUp: norm * (1 + 0x1p-20)),
            margin: Float(roundingUp: margin))
    }

    /// Between what the query's product with a row lies, in terms of `unit`.
    func interval(
        score: Int32, scale: Float, error: Float, _ bound: CodeKernels.Bound
    ) -> (lower: Double, upper: Double) {
        let centre = Double(score) * (step * Double(scale))
        let radius = Double(bound.slope) * Double(error) + Double(bound.margin)
        guard centre.isFinite, radius.isFinite else { return (-.infinity, .infinity) }
        return (centre - radius, centre + radius)
    }
}

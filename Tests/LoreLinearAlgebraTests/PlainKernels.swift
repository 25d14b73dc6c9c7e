import Foundation

/// The kernels as the papers write them, in double precision: the oracle of the fast ones.
enum PlainKernels {
    static func softmax(_ row: [Float], scale: Float) -> [Float] {
        let scaled = row.map { Double($0) * Double(scale) }
        let top = scaled.max() ?? 0
        let powers = scaled.map { exp($0 - top) }
        let sum = powers.reduce(0, +)
        return powers.map { Float($0 / sum) }
    }

    static func gelu(_ x: Float) -> Float {
        Float(0.5 * Double(x) * (1 + erf(Double(x) / 2.0.squareRoot())))
    }

    static func geluTanh(_ x: Float) -> Float {
        let x = Double(x)
        return Float(
            0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x))))
    }

    static func layerNorm(_ row: [Float], gain: [Float], shift: [Float], epsilon: Float) -> [Float]
    {
        let values = row.map(Double.init)
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let variance = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / count
        return values.indices.map { index in
            let unit = (values[index] - mean) / (variance + Double(epsilon)).squareRoot()
            return Float(unit * Double(gain[index]) + Double(shift[index]))
        }
    }
}

/// Numbers that a seed fixes.
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func floats(_ count: Int, in range: ClosedRange<Float>) -> [Float] {
        (0..<count).map { _ in Float.random(in: range, using: &self) }
    }
}

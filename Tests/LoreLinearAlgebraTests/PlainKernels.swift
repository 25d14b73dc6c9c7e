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

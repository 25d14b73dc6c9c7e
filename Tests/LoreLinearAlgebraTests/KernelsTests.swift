import LoreLinearAlgebra
import TestSupport
import Testing

/// Each kernel against its plain version, at widths around the vector registers' and their rests.
@Suite struct KernelsTests {
    static let widths = [1, 3, 4, 7, 8, 15, 16, 17, 33, 100]
    private let tolerance: Float = 2e-6

    private func expectNear(
        _ actual: [Float], _ expected: [Float], scale: Float = 1, seed: Int,
        location: SourceLocation = #_sourceLocation
    ) {
        #expect(actual.count == expected.count, sourceLocation: location)
        for (index, pair) in zip(actual, expected).enumerated() {
            #expect(
                abs(pair.0 - pair.1) <= tolerance * max(scale, abs(pair.1)),
                "element \(index), seed \(seed)", sourceLocation: location)
        }
    }

    @Test(arguments: widths) func `softmax equals the plain version`(width: Int) {
        var numbers = SeededRandom(seed: UInt64(width))
        let values = numbers.floats(3 * width, in: -40...40)
        let x = Matrix(rows: 3, columns: width, values: values)

        Kernels.softmax(x, scale: 0.25)

        for row in 0..<3 {
            let source = Array(values[row * width..<(row + 1) * width])
            expectNear(
                Array(x.row(row)), PlainKernels.softmax(source, scale: 0.25), seed: width)
        }
    }

    @Test func `softmax of equal numbers shares equally, however large they are`() {
        let x = Matrix(rows: 2, columns: 4, values: [1e30, 1e30, 1e30, 1e30, -7, -7, -7, -7])

        Kernels.softmax(x)

        #expect(x.values == [Float](repeating: 0.25, count: 8))
    }

    @Test(arguments: widths) func `GELU after a bias equals the plain version`(width: Int) {
        var numbers = SeededRandom(seed: UInt64(width))
        let values = numbers.floats(2 * width, in: -7...7)
        let bias = numbers.floats(width, in: -1...1)
        let sums = values.indices.map { values[$0] + bias[$0 % width] }
        let exact = Matrix(rows: 2, columns: width, values: values)
        let approximate = Matrix(rows: 2, columns: width, values: values)
        let biasRow = Matrix(rows: 1, columns: width, values: bias)

        Kernels.add(biasRow, to: exact, then: .gelu)
        Kernels.add(biasRow, to: approximate, then: .geluTanh)

        expectNear(exact.values, sums.map(PlainKernels.gelu), seed: width)
        expectNear(approximate.values, sums.map(PlainKernels.geluTanh), seed: width)
    }

    @Test func `a bias is added to every row, with a gap between rows untouched`() {
        let whole = Matrix(rows: 2, columns: 3, values: [1, 2, 9, -4, -5, 9])
        let bias = Matrix(rows: 1, columns: 2, values: [10, 20])

        Kernels.add(bias, to: whole.slice(columns: 0..<2))
        #expect(whole.values == [11, 22, 9, 6, 15, 9])

        Kernels.add(Matrix(rows: 1, columns: 3, values: [-10, 0, 0]), to: whole, then: .relu)
        #expect(whole.values == [1, 22, 9, 0, 15, 9])
    }

    @Test(arguments: widths) func `layer norm of a sum equals the plain version`(width: Int) {
        var numbers = SeededRandom(seed: UInt64(width))
        let parts = (0..<3).map { _ in numbers.floats(width, in: -3...3) }
        let (gain, shift) = (numbers.floats(width, in: 0.5...2), numbers.floats(width, in: -1...1))
        let row = { Matrix(rows: 1, columns: width, values: $0) }
        let x = row(parts[0])

        Kernels.layerNorm(
            x, adding: row(parts[1]), residual: row(parts[2]), gain: row(gain), shift: row(shift),
            epsilon: 1e-5)

        let sums = (0..<width).map { parts[0][$0] + parts[1][$0] + parts[2][$0] }
        let expected = PlainKernels.layerNorm(sums, gain: gain, shift: shift, epsilon: 1e-5)
        expectNear(x.values, expected, scale: 4, seed: width)
    }

    @Test func `the mean of rows is taken column by column`() {
        let x = Matrix(rows: 2, columns: 5, values: [1, 2, 3, 4, 5, 3, 2, 1, 0, -5])
        let mean = Matrix(rows: 1, columns: 5)

        Kernels.mean(of: x, into: mean.row(0))

        #expect(mean.values == [2, 2, 2, 2, 0])
    }

    @Test func `normalising divides by the length, and leaves zeros alone`() {
        let x = Matrix(rows: 2, columns: 5, values: [3, 0, 0, 0, 4, 0, 0, 0, 0, 0])

        #expect(Kernels.normalize(x.row(0)) == 5)
        #expect(Kernels.normalize(x.row(1)) == 0)
        #expect(x.values == [0.6, 0, 0, 0, 0.8, 0, 0, 0, 0, 0])
    }

    @Test func `half-precision numbers are widened, the smallest and the special ones too`() {
        let halves: [UInt16] = [0x0000, 0x8000, 0x3C00, 0xC000, 0x7BFF, 0x0001, 0x7C00, 0xFC00]
        let x = Matrix(rows: 1, columns: 9)

        Kernels.widen(half: halves + [0x7E00], count: 9, into: x.base)

        let expected: [Float] = [0, -0.0, 1, -2, 65504, 0x1p-24, .infinity, -.infinity]
        #expect(Array(x.values.dropLast()) == expected)
        #expect(x[0, 1].sign == .minus && x[0, 8].isNaN)
    }

    @Test func `bfloat16 numbers are the upper half of single ones`() {
        let x = Matrix(rows: 1, columns: 3)

        Kernels.widen(bfloat: [0x3F80, 0xC040, 0x7F80], count: 3, into: x.base)

        #expect(x.values == [1, -3, .infinity])
    }
}

import LoreLinearAlgebra
import Testing

@Suite struct BLASTests {
    private let left = Matrix(rows: 2, columns: 3, values: [1, 2, 3, 4, 5, 6])

    @Test func `a product multiplies rows by columns`() {
        let right = Matrix(rows: 3, columns: 2, values: [1, 0, 0, 1, 1, 1])
        let result = Matrix(rows: 2, columns: 2)

        BLAS.multiply(left, right, into: result)

        #expect(result.values == [4, 5, 10, 11])
    }

    @Test func `a product by a transpose multiplies rows by rows, scaled`() {
        let right = Matrix(rows: 2, columns: 3, values: [1, 0, 1, 0, 1, 1])
        let result = Matrix(rows: 2, columns: 2)

        BLAS.multiply(left, transposed: right, into: result, scale: 2)

        #expect(result.values == [8, 10, 20, 22])
    }

    @Test func `a slice is multiplied where it lies`() {
        let right = Matrix(rows: 1, columns: 2, values: [1, 10])
        let result = Matrix(rows: 2, columns: 2)

        BLAS.multiply(
            left.slice(columns: 1..<3), transposed: right, into: result.slice(columns: 1..<2))

        #expect(result.values == [0, 32, 0, 65])
    }

    @Test func `a matrix by a vector is the inner product of each row`() {
        let vector: [Float] = [1, 1, 2]
        let result = Matrix(rows: 1, columns: 2)

        vector.withUnsafeBufferPointer { BLAS.multiply(left, vector: $0, into: result.row(0)) }

        #expect(result.values == [9, 21])
    }

    @Test func `the inner product of two vectors sums the products`() {
        let product = [Float(1), 2, 3].withUnsafeBufferPointer { left in
            [Float(4), 5, 6].withUnsafeBufferPointer { BLAS.dot(left, $0) }
        }
        #expect(product == 32)
    }
}

import LoreCore
import Testing

@Suite struct EmbeddingDirectionTests {
    /// (1, 0) + 0.75 × (0, 1) = (1, 0.75), of length 1.25.
    @Test func `vectors count by their weights, and the sum has unit norm`() {
        #expect(direction([1, 0, 0, 1], weights: [1, 0.75]) == [0.8, 0.6])
    }

    @Test func `one vector stays as it is`() {
        #expect(direction([0.6, 0.8], weights: [1]) == [0.6, 0.8])
    }

    @Test func `vectors that cancel out leave the first`() {
        #expect(direction([1, 0, -1, 0], weights: [1, 1]) == [1, 0])
    }

    private func direction(_ values: [Float], weights: [Double]) -> [Float] {
        let count = weights.count
        let batch = EmbeddingBatch(
            dimensions: 2, values: values, tokenCounts: Array(repeating: 3, count: count),
            truncated: Array(repeating: false, count: count))
        return batch.direction(
            of: weights.enumerated().map { EmbeddingBatch.Share(row: $0, weight: $1) })
    }
}

import Testing

@testable import LoreSearch

@Suite struct NearVectorsTests {
    private func product(_ left: [Float], _ right: [Float]) -> Double {
        zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }

    @Test(arguments: [VectorFamily.random, .clustered, .duplicates, .nearlyEqual, .zeros])
    func `the first near one is that of a plain comparison`(family: VectorFamily) {
        let vectors = family.sample(150, dimensions: 24, seed: 5).vectors
        // Exactly the product of a pair, so that equality is met.
        let threshold = product(vectors[3], vectors[100])
        var near = NearVectors(threshold: threshold, dimensions: 24)
        for (index, vector) in vectors.enumerated() {
            let plain = vectors[..<index].firstIndex { product($0, vector) >= threshold }
            #expect(near.first(near: vector) == plain, "\(family), \(index)")
            near.append(vector)
        }
        #expect(near.count == 150)
    }
}

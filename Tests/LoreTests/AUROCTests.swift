import Lore
import Testing

@Suite struct AUROCTests {
    @Test(
        arguments: [
            ([0.9, 0.8], [0.1, 0.2], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5),
            ([0.9, 0.3], [0.5, 0.1], 0.75), ([0.4, 0.4], [0.4, 0.2], 0.75),
        ] as [([Double], [Double], Double)])
    func `it is the share of pairs in the right order`(
        positives: [Double], negatives: [Double], expected: Double
    ) {
        #expect(auroc(positives, over: negatives) == expected)
    }
}

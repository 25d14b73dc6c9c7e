import LoreProviders
import TestSupport
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(
        retries: 5, firstDelay: .seconds(1), longestDelay: .seconds(6))

    @Test(arguments: [(1, 1), (2, 2), (3, 4), (4, 6), (5, 6), (100, 6)])
    func `a delay is three quarters to all of a wait that doubles up to the longest`(
        number: Int, seconds: Int
    ) {
        var random = SeededRandom(seed: 7)
        let delays = (0..<200).map { _ in policy.delay(beforeRetry: number, using: &random) }

        #expect(delays.allSatisfy { $0 >= .seconds(seconds) * 3 / 4 && $0 <= .seconds(seconds) })
        #expect(Set(delays).count > 100)
    }
}

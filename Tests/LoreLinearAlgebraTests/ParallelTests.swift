import LoreLinearAlgebra
import Synchronization
import Testing

@Suite struct ParallelTests {
    @Test(arguments: [(0, 4), (1, 4), (3, 2), (1000, 3), (5, 1)])
    func `each index is visited once`(count: Int, threads: Int) {
        let visits = Mutex([Int](repeating: 0, count: count))

        Parallel.forEach(count, threads: threads) { index in
            visits.withLock { $0[index] += 1 }
        }

        #expect(visits.withLock { $0 } == [Int](repeating: 1, count: count))
    }

    @Test func `ranges cover all, in order, nearly equal`() {
        #expect(Parallel.ranges(of: 7, pieces: 3) == [0..<2, 2..<4, 4..<7])
        #expect(Parallel.ranges(of: 2, pieces: 5) == [0..<1, 1..<2])
        #expect(Parallel.ranges(of: 0, pieces: 5) == [])
    }

    @Test func `work off the pool returns its value and its error`() async throws {
        #expect(try await Parallel.offPool { 6 * 7 } == 42)
        await #expect(throws: CancellationError.self) {
            try await Parallel.offPool { throw CancellationError() }
        }
    }
}

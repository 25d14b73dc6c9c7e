import LoreChat
import LoreCore
import Testing

/// `trim` and `window`.
@Suite struct PlainHistoryTests {
    /// Three turns of 10 + 1 + 1 bytes and two messages each: 28 tokens.
    private let turns = [turn(1, "a", "A"), turn(2, "b", "B"), turn(3, "c", "C")]

    @Test(arguments: [(84, [1, 2, 3]), (83, [2, 3]), (56, [2, 3]), (55, [3]), (27, []), (0, [])])
    func `the oldest turns go first`(room: Int, numbers: [Int]) {
        let history = TrimmedHistory().history(of: turns, in: HistoryRoom(room))

        #expect(history.turns.map(\.number) == numbers)
        #expect(history.leftOut == 3 - numbers.count)
    }

    @Test(arguments: [(2, 84, [2, 3]), (2, 55, [3]), (0, 84, []), (9, 84, [1, 2, 3])])
    func `a window has its last turns, or those that fit`(
        limit: Int, room: Int, numbers: [Int]
    ) {
        let history = WindowedHistory(turns: limit).history(of: turns, in: HistoryRoom(room))

        #expect(history.turns.map(\.number) == numbers)
    }
}

import LoreChat
import LoreCore
import TestSupport
import Testing

/// What holds for every policy.
@Suite struct HistoryPolicyTests {
    private let policies: [any HistoryPolicy] = [
        TrimmedHistory(), WindowedHistory(turns: 10),
        SummarizedHistory(kept: [], by: ExtractiveSummarizer()) { _ in },
        RetrievedHistory(terms: [QuestionTerm(text: "berth", weight: 1)], meaning: nil),
    ]

    private let pieces = [
        "Berth 9 is Ada's.", "We decided on oak.", "Why?", "````", "It rains", "Größe 30 µm。",
        "- a list\n- of two", "A\n\nB", "Keep [1] and [2][3].", "[1", "`code[1]`",
    ]

    private func turns(_ count: Int, _ random: inout SeededRandom) -> [ConversationTurn] {
        (0..<count).map { index in
            func text(_ most: Int) -> String {
                (0..<Int.random(in: 0...most, using: &random)).map { _ in
                    pieces[Int.random(in: 0..<pieces.count, using: &random)]
                }.joined(separator: " ")
            }
            return turn(
                index + 1, text(Bool.random(using: &random) ? 4 : 40), text(20),
                state: index % 7 == 0 ? nil : .grounded, citing: [citation(1, "a.md", 1...2)])
        }
    }

    @Test func `no history is larger than its room, and every turn is accounted for`() async throws
    {
        for seed in 0..<30 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let turns = turns(Int.random(in: 0...40, using: &random), &random)
            let room = Int.random(in: 0...6000, using: &random)
            for policy in policies {
                let history = try await policy.history(of: turns, in: HistoryRoom(room))

                #expect(history.plainTokens <= room, "seed \(seed), \(policy)")
                #expect(history.turns.count + history.words.count + history.leftOut == turns.count)
                #expect(history.turns.map(\.number) == history.turns.map(\.number).sorted())
                let roles = history.messages(before: "?").map(\.role)
                #expect(roles.enumerated().allSatisfy { ($1 == .user) == ($0 % 2 == 0) })
            }
        }
    }

    @Test func `equal turns give equal histories`() async throws {
        var random = SeededRandom(seed: 3)
        let turns = turns(40, &random)
        for policy in policies {
            let first = try await policy.history(of: turns, in: HistoryRoom(3000))
            let second = try await policy.history(of: turns, in: HistoryRoom(3000))
            #expect(first == second)
        }
    }
}

import LoreChat
import LoreCore
import TestSupport
import Testing

@Suite struct PromptDraftTests {
    private func draft(
        window: Int, historyShare: Double = 0.7, share: Double = 1, passages: Int, bytes: Int = 400
    ) throws -> PromptDraft {
        let text = String(repeating: "a", count: bytes)
        return try PromptBuilder(
            window: window, maxTokens: 1000, historyShare: historyShare, tokens: { $0 }
        ).draft(
            "How long?", passages: Array(repeating: hit(text: text), count: passages),
            attachment: nil, share: share)
    }

    /// Instructions, question and what a provider adds.
    private let fixed =
        ReplyForm.prose.instructions().utf8.count + "Question: How long?".utf8.count + 32

    @Test func `earlier turns have what the share of the window leaves`() throws {
        let room = try draft(window: 10_000, passages: 0).historyRoom

        #expect(room.tokens == 7000 - fixed)
    }

    @Test func `passages take what they need of it, but not more than half`() throws {
        let one = try draft(window: 10_000, passages: 1)
        let block = one.prompt().turn.utf8.count - "Question: How long?".utf8.count

        #expect(one.historyRoom.tokens == 7000 - fixed - block)
        let half = 7000 - fixed - (7000 - fixed) / 2
        #expect(try draft(window: 10_000, passages: 40).historyRoom.tokens == half)
    }

    @Test func `a window without room for earlier turns has none`() throws {
        #expect(try draft(window: 3500, historyShare: 0.1, passages: 1).historyRoom.tokens == 0)
    }

    @Test func `passages fill what earlier turns leave`() throws {
        let draft = try draft(window: 10_000, passages: 40)
        let turns = (1...50).map { turn($0, "Why?", String(repeating: "b", count: 200)) }

        let alone = draft.prompt()
        let beside = draft.prompt(after: TrimmedHistory().history(of: turns, in: draft.historyRoom))

        #expect(beside.passages.count < alone.passages.count)
        #expect(beside.passages.count >= alone.passages.count / 2)
        #expect(beside.passages.count + beside.leftOut == 40)
        #expect(beside.parts.map(\.name).contains("earlier turns"))
    }

    @Test func `no request exceeds its window, whatever the history`() throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let window = Int.random(in: 3500...12_000, using: &random)
            let draft = try draft(
                window: window, share: [1, 0.5][Int.random(in: 0...1, using: &random)],
                passages: Int.random(in: 0...20, using: &random),
                bytes: Int.random(in: 1...900, using: &random))
            let turns = (0..<Int.random(in: 0...30, using: &random)).map { index in
                turn(index, "Why?", String(repeating: "b", count: 300))
            }
            // Some of them do not fit.
            let history = ChatHistory(turns: turns.map { PastTurn($0) }, of: turns.count)
            let prompt = draft.prompt(after: history)

            let bytes = prompt.messages.reduce(prompt.system.utf8.count) { $0 + $1.text.utf8.count }
            let frame = 16 + 8 * (prompt.messages.count + 1)
            #expect(bytes + frame + prompt.outputTokens <= window, "seed \(seed)")
        }
    }
}

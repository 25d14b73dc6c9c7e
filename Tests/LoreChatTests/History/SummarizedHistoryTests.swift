import LoreChat
import LoreCore
import Synchronization
import TestSupport
import Testing

@Suite struct SummarizedHistoryTests {
    private final class Kept: Sendable {
        let summaries = Mutex<[ConversationSummary]>([])
    }

    private func history(
        of turns: [ConversationTurn], room: Int, kept: Kept,
        by summarizer: any Summarizer = ExtractiveSummarizer()
    ) async throws -> ChatHistory {
        try await SummarizedHistory(kept: kept.summaries.withLock { $0 }, by: summarizer) {
            summary in
            kept.summaries.withLock { $0.append(summary) }
        }.history(of: turns, in: HistoryRoom(room))
    }

    private func turns(_ count: Int) -> [ConversationTurn] {
        (1...count).map { number in
            turn(
                number, number == 2 ? "My boat is called Tern." : "What of berth \(number)?",
                "Berth \(number) is for Mr Smith, who paid \(number * 10) crowns [1]. "
                    + "Nothing else is known of it.",
                citing: [citation(1, "berths.md", number...number)])
        }
    }

    @Test func `what fits goes whole, without a summary`() async throws {
        let kept = Kept()

        let history = try await history(of: turns(3), room: 10_000, kept: kept)

        #expect(history.turns.map(\.number) == [1, 2, 3])
        #expect(history.summary == nil)
        #expect(kept.summaries.withLock { $0 } == [])
    }

    @Test func `older turns become a summary, and the user's words stay`() async throws {
        let kept = Kept()

        let history = try await history(of: turns(20), room: 2000, kept: kept)

        let summary = try #require(history.summary)
        #expect(history.turns.map(\.number) == Array(summary.lastNumber + 1...20))
        #expect(history.words.map(\.number) == Array(1...summary.lastNumber))
        #expect(history.words[1].text == "My boat is called Tern.")
        #expect(
            summary.text.hasSuffix(
                "for Mr Smith, who paid \(summary.lastNumber)0 crowns "
                    + "[berths.md:\(summary.lastNumber)]."))
        #expect(!summary.text.contains("Nothing else"))
        #expect(history.plainTokens <= 2000)
    }

    @Test func `a summary is made once and serves the next turns`() async throws {
        let kept = Kept()
        let before = try await history(of: turns(20), room: 2000, kept: kept)

        let after = try await history(of: turns(21), room: 2000, kept: kept)

        #expect(kept.summaries.withLock { $0.count } == 1)
        #expect(after.summary == before.summary)
        #expect(
            after.messages(before: "")[0].text == before.messages(before: "")[0].text,
            "so that a provider serves it from its cache")
    }

    @Test func `the next summary is made of the last one and what follows it`() async throws {
        let kept = Kept()
        let model = ScriptedChatModel("First [a.md:1].", "Second [a.md:1].")
        let summarizer = ModelSummarizer(model: model, window: 20_000)
        let first = try await history(of: turns(20), room: 2000, kept: kept, by: summarizer)

        let second = try await history(of: turns(40), room: 2000, kept: kept, by: summarizer)

        #expect(first.summary?.text == "First [a.md:1].")
        #expect(second.summary?.text == "Second [a.md:1].")
        let (start, end) = (first.summary?.lastNumber ?? 0, second.summary?.lastNumber ?? 0)
        let asked = model.requests[1].messages[0].text
        #expect(asked.hasPrefix("```minutes so far\nFirst [a.md:1].\n```\n\n```next turn\n"))
        #expect(
            asked.contains("User: What of berth \(start + 1)?\nAssistant: Berth \(start + 1) is"))
        #expect(asked.contains("paid \(end)0 crowns [berths.md:\(end)]."))
        #expect(!asked.contains("What of berth \(start)?"))
        #expect(!asked.contains("What of berth \(end + 1)?"))
        #expect(!model.requests[1].system.contains("berth"))
    }

    @Test func `a place behind the end of its sentence goes with that sentence`() {
        let places = [citation(1, "a.md", 3...3), citation(2, "a.md", 5...6)]
        let turn = turn(
            1, "How?", "Steep it for four minutes. [1] Use soft water. [2] [1]", citing: places)

        let summary = ExtractiveSummarizer().summary(
            of: [turn], after: nil, tokens: 500, count: TokenCount { $0 })

        #expect(
            summary.text
                == "Steep it for four minutes [a.md:3].\nUse soft water [a.md:5-6] [a.md:3].")
    }

    @Test func `a smaller room is filled from what is kept`() async throws {
        let kept = Kept()
        _ = try await history(of: turns(20), room: 4000, kept: kept)

        for room in 0..<400 {
            let history = try await history(of: turns(20), room: room, kept: kept)
            #expect(history.plainTokens <= room)
        }
    }

    @Test func `a summary that is asked for takes the place of turns that would fit`() async throws
    {
        let kept = Kept()
        let policy = SummarizedHistory(kept: [], by: ExtractiveSummarizer()) { summary in
            kept.summaries.withLock { $0.append(summary) }
        }

        let summary = try await policy.summaryNow(
            of: turns(6), keepingLast: 2, in: HistoryRoom(10_000))

        #expect(summary?.lastNumber == 4)
        #expect(summary?.isAskedFor == true)
        #expect(kept.summaries.withLock { $0 } == [summary])
        let next = SummarizedHistory(
            kept: [try #require(summary)], askedEnd: 4, by: ExtractiveSummarizer()
        ) { _ in }
        let history = try await next.history(of: turns(7), in: HistoryRoom(10_000))
        #expect(history.summary == summary)
        #expect(history.turns.map(\.number) == [5, 6, 7])
        #expect(history.words.map(\.number) == [1, 2, 3, 4])
        #expect(
            try await next.summaryNow(of: turns(6), keepingLast: 2, in: HistoryRoom(10_000)) == nil)
    }

    @Test func `one that was made before is taken as it is, and a later one is made of it`()
        async throws
    {
        let made = ConversationSummary(lastNumber: 4, model: "m", text: "Made [a.md:1].")
        let model = ScriptedChatModel("Later.")
        let policy = SummarizedHistory(
            kept: [made], by: ModelSummarizer(model: model, window: 20_000)
        ) { _ in }

        let taken = try await policy.summaryNow(
            of: turns(6), keepingLast: 2, in: HistoryRoom(10_000))
        #expect(taken?.text == "Made [a.md:1].")
        #expect(taken?.isAskedFor == true)
        #expect(model.requests.isEmpty)
        let later = try await policy.summaryNow(
            of: turns(8), keepingLast: 2, in: HistoryRoom(10_000))

        #expect(later?.lastNumber == 6)
        #expect(later?.text == "Later.")
        let asked = model.requests[0].messages[0].text
        #expect(asked.hasPrefix("```minutes so far\nMade [a.md:1].\n```"))
        #expect(asked.contains("What of berth 5?") && !asked.contains("What of berth 4?"))
    }

    @Test func `where the one asked for may not be used, sentences stand in for it`() async throws {
        let kept = Kept()
        let policy = SummarizedHistory(kept: [], askedEnd: 4, by: ExtractiveSummarizer()) {
            summary in kept.summaries.withLock { $0.append(summary) }
        }

        let history = try await policy.history(of: turns(6), in: HistoryRoom(10_000))

        #expect(history.turns.map(\.number) == [5, 6])
        #expect(history.summary?.lastNumber == 4)
        #expect(history.summary?.text.contains("crowns [berths.md:4].") == true)
        #expect(kept.summaries.withLock { $0 }.isEmpty)
        #expect(history.plainTokens < 700)
    }
}

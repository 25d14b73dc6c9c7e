import LoreChat
import LoreCore
import Synchronization
import TestSupport
import Testing

/// 200 turns in a window of 8,000 tokens, of which all together would need five.
@Suite struct LongConversationTests {
    private let window = 8000
    private let fact = "My daughter is called Ottilie, and hazelnuts make her ill."

    /// A token for each 3.5 bytes: fewer than lore counts, more than English text has.
    private func plainTokens(_ text: String) -> Int { text.utf8.count * 2 / 7 }

    private func question(_ number: Int) -> String {
        switch number {
        case 2: fact
        case 199: "What must I not give my daughter to eat?"
        case let number where number % 3 == 0:
            "Remember that crate \(number) came on day \(number * 2) from Mr Vane of Lisbon and that it "
                + "weighs \(number * 7) kilos, which is more than the crane on pier \(number % 9) lifts."
        default: "What do the notes say of crate \(number), and who signed for it when it came in?"
        }
    }

    private func answer(_ number: Int) -> String {
        "Crate \(number) holds \(number * 3) lamps from Porto [1]. It was signed for by Ms Reed [2]. "
            + "It stands in the third row of the northern shed, beside the old boiler, under a tarpaulin "
            + "which nobody has lifted since."
    }

    private func passages(_ number: Int) -> [Hit] {
        (0..<8).map { index in
            let line = "Crate \(number + index) was brought in by the night crew. "
            return hit(text: String(repeating: line, count: 5 + (number + index) % 20))
        }
    }

    /// What is sent at each of `numbers`.
    private func prompts(
        at numbers: some Sequence<Int>, _ policy: () -> any HistoryPolicy
    ) async throws -> [Int: Prompt] {
        let turns = (1...200).map {
            turn($0, question($0), answer($0), citing: [citation(1, "crates.md", $0...$0)])
        }
        let builder = PromptBuilder(window: window, maxTokens: 1024, historyShare: 0.7) { bytes in
            Int((Double(bytes) / 3.2).rounded(.up))
        }
        var prompts: [Int: Prompt] = [:]
        for number in numbers {
            let draft = try builder.draft(
                question(number), passages: passages(number), attachment: nil)
            let earlier = Array(turns.prefix(number - 1))
            let history = try await policy().history(of: earlier, in: draft.historyRoom)
            prompts[number] = draft.prompt(after: history)
        }
        return prompts
    }

    private let everyTenth = stride(from: 9, through: 199, by: 10)

    private final class Kept: Sendable {
        let summaries = Mutex<[ConversationSummary]>([])
    }

    private func check(_ prompts: [Int: Prompt]) {
        for prompt in prompts.values {
            let text = prompt.system + prompt.messages.map(\.text).joined()
            #expect(plainTokens(text) + prompt.outputTokens <= window)
            #expect(prompt.passages.count >= 2)
        }
    }

    private func text(_ prompt: Prompt?) -> String {
        prompt?.messages.map(\.text).joined(separator: "\n") ?? ""
    }

    @Test func `trim and window stay within it`() async throws {
        check(try await prompts(at: everyTenth) { TrimmedHistory() })
        check(try await prompts(at: everyTenth) { WindowedHistory(turns: 10) })
    }

    @Test func `summarize stays within it and keeps what the user said first`() async throws {
        let kept = Kept()

        let prompts = try await prompts(at: 1...200) {
            SummarizedHistory(
                kept: kept.summaries.withLock { $0 }, by: ExtractiveSummarizer()
            ) { summary in
                kept.summaries.withLock { $0.append(summary) }
            }
        }

        check(prompts)
        #expect((3...200).allSatisfy { text(prompts[$0]).contains(fact) })
        let summaries = kept.summaries.withLock { $0 }
        #expect(summaries.count < 60)
        let last = try #require(summaries.last)
        #expect(last.text.contains("lamps from Porto [crates.md:\(last.lastNumber)]."))
    }

    @Test func `retrieve stays within it and brings back what the question is about`() async throws
    {
        let terms = [
            QuestionTerm(text: "daughter", weight: 4), QuestionTerm(text: "eat", weight: 4),
        ]

        let prompts = try await prompts(at: everyTenth) {
            RetrievedHistory(terms: terms, meaning: nil)
        }

        check(prompts)
        #expect(text(prompts[199]).contains(fact))
        #expect(prompts[199]?.history.turns.map(\.number).contains(2) == true)
    }
}

import LoreChat
import LoreCore
import TestSupport
import Testing

@Suite struct ModelSummarizerTests {
    private let count = TokenCount { $0 }
    private let turns = [
        turn(1, "How long?", "Four minutes [1].", citing: [citation(1, "tea.md", 3...5)]),
        turn(2, "How hot?", "80 degrees [1].", citing: [citation(1, "tea.md", 7...7)]),
    ]

    private func summary(
        by model: ScriptedChatModel, window: Int = 4000, tokens: Int = 200,
        of turns: [ConversationTurn]? = nil
    ) async throws -> ConversationSummary {
        try await ModelSummarizer(model: model, window: window).summary(
            of: turns ?? self.turns, after: nil, tokens: tokens, count: count)
    }

    @Test func `the model's words are the summary`() async throws {
        let model = ScriptedChatModel("Four minutes [tea.md:3-5].\n\n  80 degrees [tea.md:7].\n")

        let summary = try await summary(by: model)

        #expect(summary.text == "Four minutes [tea.md:3-5].\n80 degrees [tea.md:7].")
        #expect(summary.model == "test:scripted")
        #expect(summary.lastNumber == 2)
        #expect(model.requests[0].parameters.maxTokens == 200)
    }

    @Test func `an address that no turn holds is not kept`() async throws {
        let model = ScriptedChatModel("Tea: http://tea.example, https://evil.example/?q=four.")

        let summary = try await summary(
            by: model, of: [turn(1, "What of http://tea.example?", "It is so.")])

        #expect(summary.text == "Tea: http://tea.example, (address removed)")
    }

    @Test func `a summary that is empty, too long or cut gives way to sentences`() async throws {
        let cut = ChatReply(
            message: ChatMessage(.assistant, "Four"), finish: .length, usage: TokenUsage(),
            model: "scripted")
        let models = [
            ScriptedChatModel(" \n"), ScriptedChatModel(String(repeating: "long ", count: 50)),
            ScriptedChatModel([cut]),
        ]
        for model in models {
            let summary = try await summary(by: model)

            #expect(summary.model == "extractive")
            #expect(summary.text == "Four minutes [tea.md:3-5].\n80 degrees [tea.md:7].")
        }
    }

    @Test func `a model that fails gives way to sentences`() async throws {
        let summary = try await ModelSummarizer(model: FailingModel(), window: 4000).summary(
            of: turns, after: nil, tokens: 200, count: count)

        #expect(summary.model == "extractive")
    }

    @Test func `more than the model's window holds is read in parts`() async throws {
        let many = (1...12).map { turn($0, "Question \($0)?", String(repeating: "w ", count: 200)) }
        let replies = (1...12).map { "Part \($0)." }
        let model = ScriptedChatModel(
            replies.map {
                ChatReply(
                    message: ChatMessage(.assistant, $0), finish: .stop, usage: TokenUsage(),
                    model: "scripted")
            })

        let summary = try await summary(by: model, window: 3000, tokens: 200, of: many)

        #expect(summary.lastNumber == 12)
        #expect(model.requests.count > 1)
        #expect(summary.text == "Part \(model.requests.count).")
        for request in model.requests {
            let bytes = request.system.utf8.count + request.messages[0].text.utf8.count
            #expect(bytes + 200 + 32 <= 3000)
        }
        let read = model.requests.map(\.messages[0].text).joined()
        #expect((1...12).allSatisfy { read.contains("User: Question \($0)?\n") })
    }
}

private struct FailingModel: ChatModel {
    let name = "test:failing"
    let window: Int? = nil
    let holdsSchemas = false

    func stream(_ request: ChatRequest) -> ChatStream {
        ChatStream { { throw ToolCallError.cut(name: "any") } }
    }
}

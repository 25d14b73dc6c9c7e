import LoreCore
import Testing

@Suite struct ChatMessageTests {
    private let call = ToolCall(id: "1", name: "search", argumentText: "{}")

    @Test func `text, calls and results are told apart`() {
        let turn = ChatMessage(
            .assistant, [.text("a"), .toolCall(call), .text("b")],
            original: OriginalTurn(dialect: "x", model: "m", content: []))
        let result = ChatMessage(.user, [.toolResult(ToolResult(of: call, "found"))])

        #expect(turn.text == "ab")
        #expect(turn.toolCalls == [call])
        #expect(result.toolResults.map(\.callID) == ["1"])
        #expect(turn.withoutOriginal.original == nil)
        #expect(turn.withoutOriginal.parts == turn.parts)
    }

    @Test func `a whole reply is the end of its stream`() async throws {
        let reply = ChatReply(
            message: ChatMessage(.assistant, "ab"), finish: .stop, usage: TokenUsage(), model: "m")
        let model = Scripted(events: [.text("a"), .text("b"), .finished(reply)])

        #expect(try await model.reply(to: ChatRequest(messages: [])) == reply)
    }

    @Test(arguments: [
        (ChatNotice.parameterDropped("stop", model: "m"), "m does not take stop; it was left out"),
        (
            .contextCut(model: "m", readTokens: 5, sentTokens: 9),
            "m read only 5 of about 9 tokens; the answer may miss what was cut"
        ),
        (
            .usageEstimated(model: "m"),
            "m did not say how many tokens it used; they are estimated"
        ),
    ])
    func `a notice is a sentence`(notice: ChatNotice, words: String) {
        #expect(notice.description == words)
    }

    private struct Scripted: ChatModel {
        let events: [ChatEvent]
        let name = "test:m"
        let window: Int? = nil
        let holdsSchemas = true

        func stream(_ request: ChatRequest) -> ChatStream {
            ChatStream { [events] in
                var left = events[...]
                return { left.popFirst() }
            }
        }
    }
}

import LoreChat
import LoreCore
import Testing

@Suite struct ToolCallInTextTests {
    private let request = ChatRequest(
        messages: [ChatMessage(.user, "Where is the pump?")],
        tools: [ToolDefinition(name: "search_notes", description: "", parameters: [:])])

    private func reply(
        _ text: String, finish: FinishReason = .stop, original: OriginalTurn? = nil
    ) -> ChatReply {
        ChatReply(
            message: ChatMessage(.assistant, [.text(text)], original: original), finish: finish,
            usage: TokenUsage(inputTokens: 10, outputTokens: 9), model: "m")
    }

    private static let call = #"{"name": "search_notes", "arguments": {"q": "pump {a}"}}"#

    @Test(arguments: [
        call, "\n \(call)\n", "```json\n\(call)\n```", "```\n\(call)\n```",
        "<tool_call>\n\(call)\n</tool_call>", "<tools>\(call)</tools>", "<tool_call>\(call)",
    ])
    func `a call that is all of the text is taken as one`(text: String) throws {
        let original = OriginalTurn(dialect: "d", model: "m", content: [])

        let taken = reply(text, original: original).takingCallInText(of: request)

        let call = try #require(taken.toolCalls.first)
        #expect(taken.message == ChatMessage(.assistant, [.toolCall(call)]))
        #expect(taken.finish == .toolCalls)
        #expect(call.name == "search_notes")
        #expect(try call.arguments() == ["q": "pump {a}"])
        #expect(taken.usage == TokenUsage(inputTokens: 10, outputTokens: 9))
    }

    @Test(arguments: [
        "I would write \(call)", "\(call) is the call.", "\(call)\n\(call)", "<b>\(call)</b>",
        #"{"name": "delete_notes", "arguments": {}}"#, #"{"name": "search_notes"}"#,
        #"{"name": "search_notes", "arguments": "pump"}"#, #"{"name": "search_notes", "#,
        "The pump is in the cellar [1].", "} {", "",
    ])
    func `prose, and JSON that calls no tool, stay text`(text: String) {
        let reply = reply(text)

        #expect(reply.takingCallInText(of: request) == reply)
    }

    @Test func `where a call is all that is asked for, prose around it does not matter`() throws {
        for choice in [ToolChoice.required, .named("search_notes")] {
            var must = request
            must.toolChoice = choice

            let taken = reply("\(Self.call). The pump", finish: .length).takingCallInText(of: must)

            let call = try #require(taken.toolCalls.first)
            #expect(try call.arguments() == ["q": "pump {a}"])
            #expect(taken.finish == .toolCalls)
        }
    }

    @Test func `a reply that is cut stays as it is, and so does one that may not call`() {
        var mayNot = request
        mayNot.toolChoice = .none

        let cut = reply(Self.call, finish: .length)

        #expect(cut.takingCallInText(of: request) == cut)
        #expect(reply(Self.call).takingCallInText(of: mayNot) == reply(Self.call))
    }

    @Test func `a reply that calls besides keeps its text`() {
        var calling = reply(Self.call)
        calling.message.parts.append(
            .toolCall(ToolCall(id: "a", name: "search_notes", argumentText: "{}")))

        #expect(calling.takingCallInText(of: request) == calling)
    }

    @Test func `two calls of one conversation have two IDs`() {
        var later = request
        later.messages += [ChatMessage(.assistant, "…"), ChatMessage(.user, "…")]

        let ids = [request, later].map {
            reply(Self.call).takingCallInText(of: $0).toolCalls.map(\.id)
        }

        #expect(ids == [["text1"], ["text3"]])
    }
}

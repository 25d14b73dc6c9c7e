import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ToolRoundTripTests {
    private let models: TestModels

    init() throws { models = try TestModels() }

    @Test(arguments: ScriptedWire.allCases)
    func `calls go out, their results come back, and the model answers`(
        wire: ScriptedWire
    ) async throws {
        let calls = [
            ScriptedReply.Call(id: "call_a", name: "search", pieces: "{\"q\":", "1}"),
            ScriptedReply.Call(id: "call_b", name: "search", pieces: "{\"q\":2}"),
        ]
        models.provider.next(.say(ScriptedReply(thinking: "hm", calls: calls)))
        var request = ChatRequest(
            messages: [ChatMessage(.user, "Pump?")], tools: [TestModels.searchTool])
        let wire = wire == .openAIChat ? .openAIResponses : wire

        let first = try await models.model(wire).reply(to: request)
        let results = first.toolCalls.map { ToolResult(of: $0, "found \($0.argumentText)") }
        request.messages += [first.message, ChatMessage(.user, results.map { .toolResult($0) })]
        let second = try await models.model(wire).reply(to: request)

        #expect(second.text == "Hello.")
        let body = try models.provider.bodies[1].text
        for result in results {
            #expect(body.contains(JSONValue.string(result.content).text))
        }
        switch wire {
        case .anthropic:
            #expect(body.contains(#"{"type":"thinking","thinking":"hm","signature":"Er4="}"#))
        case .gemini: #expect(body.contains(#""thoughtSignature":"c2ln""#))
        case .openAIResponses: #expect(body.contains(#""encrypted_content":"gAAA""#))
        case .openAIChat, .ollama: break
        }
    }
}

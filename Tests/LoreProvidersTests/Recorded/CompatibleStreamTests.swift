import LoreCore
import LoreProviders
import TestSupport
import Testing

/// Deviations of servers that speak Chat Completions.
@Suite(.timeLimit(.minutes(1))) struct CompatibleStreamTests {
    private let stream: RecordedStream

    init() throws { stream = try RecordedStream() }

    @Test func `Groq sends a call whole, reasoning under its short name, usage apart`()
        async throws
    {
        let (events, error) = await stream.read(
            .openAIChat,
            #"{"model":"g","choices":[{"index":0,"delta":{"role":"assistant","content":null,"reasoning":"hm"},"finish_reason":null}],"x_groq":{"id":"req_1"}}"#,
            #"{"model":"g","choices":[{"index":0,"delta":{"tool_calls":[{"id":"a","type":"function","function":{"name":"search","arguments":"{\"q\":1}"},"index":0}]},"finish_reason":null}]}"#,
            #"{"model":"g","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"x_groq":{"id":"req_1","usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}}"#,
            "[DONE]")

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(events.first == .thinking("hm"))
        #expect(
            reply.toolCalls == [
                ToolCall(id: "a", name: "search", argumentText: #"{"q":1}"#)
            ])
        #expect(reply.usage == TokenUsage(inputTokens: 7, outputTokens: 3))
        #expect(reply.model == "g")
    }

    @Test func `Mistral's content may be a list with thinking in it`() async throws {
        let (events, error) = await stream.read(
            .openAIChat,
            #"{"choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"}]},"finish_reason":null}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"b"},"finish_reason":"model_length"}],"usage":{"prompt_tokens":7,"completion_tokens":3}}"#,
            "[DONE]")

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(events.first == .thinking("hm"))
        #expect(reply.text == "ab")
        #expect(reply.finish == .length)
        #expect(reply.usage.inputTokens == 7)
    }

    @Test func `a server that never counts gets an estimate, and the reply says so`()
        async throws
    {
        let (events, error) = await stream.read(
            .openAIChat,
            #"{"choices":[{"index":0,"delta":{"role":"assistant","content":null},"finish_reason":null}]}"#,
            #"{"choices":[{"index":0,"delta":{"content":"12345678"},"finish_reason":null}]}"#,
            #"{"choices":[{"index":0,"delta":{},"finish_reason":"eos"}],"timings":{"prompt_n":1}}"#
        )

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.finish == .stop)
        // 2 bytes of question, 8 of answer, 3.2 bytes a token.
        #expect(reply.usage == TokenUsage(inputTokens: 1, outputTokens: 3, isEstimated: true))
        #expect(reply.notices == [.usageEstimated(model: "m")])
        #expect(events.notices == reply.notices)
    }

    @Test func `pieces without an index belong to the last id`() async throws {
        let (events, error) = await stream.read(
            .openAIChat,
            #"{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"x","arguments":"{"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"}"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"y","arguments":{"k":1}}},{"id":"c","function":{"name":"z"}}]}}]}"#,
            #"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#)

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.toolCalls.map(\.id) == ["a", "b", "c"])
        #expect(reply.toolCalls.map(\.argumentText) == ["{}", #"{"k":1}"#, ""])
        #expect(reply.finish == .toolCalls)
    }

    @Test func `calls that all have the index 0 and repeat their ids stay apart`() async throws {
        let (events, error) = await stream.read(
            .openAIChat,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"name":"x","arguments":"{\"k\":"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"a","function":{"arguments":"1}"}}]}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"b","function":{"name":"x","arguments":"{}"}}]}}]}"#,
            #"{"choices":[{"delta":{},"finish_reason":"tool_calls"}]}"#)

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.toolCalls.map(\.argumentText) == [#"{"k":1}"#, "{}"])
    }

    @Test func `an error in a stream may be a text`() async {
        let (_, error) = await stream.read(.openAIChat, #"{"error":"model crashed"}"#)

        #expect(error as? ProviderError == .serverFailure(provider: "OpenAI", status: nil))
    }

    @Test func `a null error is none`() async throws {
        let (events, _) = await stream.read(
            .openAIChat,
            #"{"error":null,"choices":[{"delta":{"content":"a"},"finish_reason":"weird"}]}"#)

        #expect(events.reply?.finish == .other("weird"))
    }
}

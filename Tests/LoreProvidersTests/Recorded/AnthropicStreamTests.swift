import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AnthropicStreamTests {
    private let stream: RecordedStream

    init() throws { stream = try RecordedStream() }

    private let start =
        #"{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude-x","stop_reason":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":3,"cache_read_input_tokens":7,"output_tokens":1}}}"#

    @Test func `what lore does not know is passed over, decoys of usage too`() async throws {
        let (events, error) = await stream.read(
            .anthropic, start, #"{"type": "ping"}"#,
            #"{"type":"future_event","usage":{"input_tokens":999,"output_tokens":999}}"#,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"b64"}}"#,
            #"{"type":"content_block_stop","index":0}"#,
            #"{"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}   "#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"Hi"}}"#,
            #"{"type":"content_block_delta","index":1,"delta":{"type":"future_delta","x":1}}"#,
            #"{"type":"content_block_stop","index":1}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":61}}"#,
            #"{"type":"message_stop"}"#)

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.text == "Hi")
        #expect(reply.model == "claude-x")
        #expect(
            reply.usage
                == TokenUsage(
                    inputTokens: 35, cachedTokens: 7, cacheWriteTokens: 3, outputTokens: 61))
        #expect(
            reply.message.original?.content == [
                ["type": "redacted_thinking", "data": "b64"], ["type": "text", "text": "Hi"],
            ])
    }

    @Test(arguments: [
        ("end_turn", FinishReason.stop), ("stop_sequence", .stop), ("max_tokens", .length),
        ("model_context_window_exceeded", .length), ("refusal", .refusal), ("odd", .other("odd")),
    ])
    func `each reason to stop has its meaning`(reason: String, finish: FinishReason) async {
        let events = await stream.read(
            .anthropic, start,
            #"{"type":"message_delta","delta":{"stop_reason":"\#(reason)"},"usage":{"output_tokens":1}}"#,
            #"{"type":"message_stop"}"#
        ).events

        #expect(events.reply?.finish == finish)
    }

    @Test func `a block that is left open at the limit still counts`() async throws {
        let events = await stream.read(
            .anthropic, start,
            #"{"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"search","input":{}}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}"#,
            #"{"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{\"q\":\"pu"}}"#,
            #"{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":1}}"#,
            #"{"type":"message_stop"}"#
        ).events

        let call = try #require(events.reply?.toolCalls.first)
        #expect(call.isCut)
        #expect(events.reply?.finish == .length)
    }

    @Test func `a paused turn goes on, and is one reply`() async throws {
        let rest =
            #"{"type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":" world"}],"stop_reason":"end_turn","usage":{"input_tokens":40,"output_tokens":2}}"#
        let first =
            #"{"type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Hello"}],"stop_reason":"pause_turn","usage":{"input_tokens":25,"output_tokens":1}}"#
        let models = stream.models
        for body in [first, rest] {
            models.provider.next(.send(status: 200, contentType: "application/json", body: body))
        }

        let reply = try await models.model(.anthropic).reply(to: TestModels.request(.anthropic))

        #expect(reply.message.parts == [.text("Hello world")])
        #expect(reply.finish == .stop)
        #expect(reply.usage == TokenUsage(inputTokens: 65, outputTokens: 3))
        let second = try models.provider.bodies[1]["messages"]
        #expect(
            second == [
                ["role": "user", "content": [["type": "text", "text": "Hi"]]],
                ["role": "assistant", "content": [["type": "text", "text": "Hello"]]],
            ])
    }
}

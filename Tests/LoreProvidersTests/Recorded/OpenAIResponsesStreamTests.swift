import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OpenAIResponsesStreamTests {
    private let stream: RecordedStream

    init() throws { stream = try RecordedStream() }

    @Test func `a server may send nothing but the end`() async throws {
        let (events, error) = await stream.read(
            .openAIResponses,
            #"{"type":"response.completed","response":{"status":"completed","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi"}]}],"usage":{"input_tokens":5,"output_tokens":1}}}"#
        )

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(events.text == "Hi")
        #expect(reply.usage == TokenUsage(inputTokens: 5, outputTokens: 1))
    }

    @Test func `every item goes back as it came, in order`() async throws {
        let items: [JSONValue] = [
            ["type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gA"],
            [
                "type": "function_call", "id": "fc_1", "call_id": "c", "name": "search",
                "arguments": "{}", "new_field": 1.0,
            ],
        ]
        let (events, error) = await stream.read(
            .openAIResponses,
            #"{"type":"response.output_item.done","output_index":0,"item":\#(items[0])}"#,
            #"{"type":"response.output_item.done","output_index":1,"item":\#(items[1])}"#,
            #"{"type":"response.completed","response":{"status":"completed","output":[]}}"#)

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.message.original?.content == .array(items))
        #expect(reply.message.original?.model == "m")
    }

    @Test(arguments: [
        (
            #"{"type":"error","code":"rate_limit_exceeded","message":"x","param":null,"sequence_number":2}"#,
            ProviderError.rateLimited(provider: "OpenAI")
        ),
        (
            #"{"type":"error","sequence_number":2,"error":{"type":"invalid_request_error","code":"context_length_exceeded","message":"x","param":"input"}}"#,
            .contextTooLong(provider: "OpenAI", model: "m")
        ),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"x"}}}"#,
            .serverFailure(provider: "OpenAI", status: nil)
        ),
        (
            #"{"type":"response.failed","response":{"status":"failed","error":{"code":"context_length_exceeded","message":"x"}}}"#,
            .contextTooLong(provider: "OpenAI", model: "m")
        ),
    ])
    func `errors come in several shapes`(line: String, expected: ProviderError) async {
        #expect(await stream.read(.openAIResponses, line).error as? ProviderError == expected)
    }
}

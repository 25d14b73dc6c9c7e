import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct GeminiStreamTests {
    private let stream: RecordedStream

    init() throws { stream = try RecordedStream() }

    @Test func `a signature goes back on the part that it came on`() async throws {
        let (events, error) = await stream.read(
            .gemini,
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"Loo"}]},"index":0}],"usageMetadata":{"promptTokenCount":9}}"#,
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"king"},{"text":"","thoughtSignature":"c1"},{"functionCall":{"name":"search","args":{"n":1.0}},"thoughtSignature":"c2"}]},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4,"thoughtsTokenCount":2,"toolUsePromptTokenCount":1}}"#
        )

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.usage == TokenUsage(inputTokens: 10, outputTokens: 6, reasoningTokens: 2))
        #expect(
            reply.message.original?.content.text == """
                [{"text":"Looking"},{"text":"","thoughtSignature":"c1"},\
                {"functionCall":{"name":"search","args":{"n":1.0}},"thoughtSignature":"c2"}]
                """)
        #expect(reply.finish == .toolCalls)
    }

    @Test(arguments: [
        #"{"promptFeedback":{"blockReason":"PROHIBITED_CONTENT"},"usageMetadata":{"promptTokenCount":9}}"#,
        #"{"candidates":[{"finishReason":"SAFETY","index":0}],"usageMetadata":{"promptTokenCount":9}}"#,
        #"{"candidates":[{"content":{"role":"model"},"finishReason":"RECITATION"}]}"#,
    ])
    func `what the filter holds back has no content`(line: String) async {
        #expect(await stream.read(.gemini, line).events.reply?.finish == .filtered)
    }

    @Test func `a long reply is continued by its token, and counted in whole`() async throws {
        func body(_ text: String, _ end: String) -> String {
            #"{"candidates":[{"content":{"role":"model","parts":[{"text":"\#(text)"}]},\#(end),"index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4}}"#
        }
        let models = stream.models
        for text in [
            body("one ", #""finishReason":"CONTINUATION","continuationToken":"t1""#),
            body("two ", #""finishReason":"CONTINUATION","continuationToken":"t2""#),
            body("three", #""finishReason":"STOP""#),
        ] {
            models.provider.next(
                .send(status: 200, contentType: "text/event-stream", body: "data: \(text)\r\n\r\n"))
        }

        let reply = try await models.model(.gemini).reply(to: TestModels.request(.gemini))

        #expect(reply.message.parts == [.text("one two three")])
        #expect(reply.usage == TokenUsage(inputTokens: 27, outputTokens: 12))
        let bodies = try models.provider.bodies
        #expect(bodies.map { $0["continuationToken"]?.string } == [nil, "t1", "t2"])
        #expect(bodies.allSatisfy { $0["contents"] == bodies[0]["contents"] })
    }

    @Test func `a stream that breaks off at a mark goes on from there`() async throws {
        let start =
            #"{"candidates":[{"content":{"parts":[{"text":"one "}]},"continuationToken":"t1","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":4}}"#
        stream.models.provider.next(
            .send(status: 200, contentType: "text/event-stream", body: "data: \(start)\n\n"))

        let (events, error) = await events(
            of: stream.models.model(.gemini), TestModels.request(.gemini))

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(reply.text == "one Hello.")
        #expect(events.text == "one Hello.")
        #expect(reply.usage == TokenUsage(inputTokens: 35, outputTokens: 13))
        #expect(try stream.models.provider.bodies[1]["continuationToken"] == "t1")
    }

    @Test func `a stream that breaks off behind a mark is cut short`() async {
        let (events, error) = await stream.read(
            .gemini,
            #"{"candidates":[{"content":{"parts":[{"text":"one "}]},"continuationToken":"t1"}]}"#,
            #"{"candidates":[{"content":{"parts":[{"text":"two"}]}}]}"#)

        #expect(events.text == "one two")
        #expect(error as? ProviderError == .cutShort(provider: "Gemini"))
    }

    @Test func `a malformed call is asked for once more`() async throws {
        let models = stream.models
        let body = #"{"candidates":[{"finishReason":"MALFORMED_FUNCTION_CALL","index":0}]}"#
        models.provider.next(.send(status: 200, contentType: "application/json", body: body))

        let reply = try await models.model(.gemini).reply(to: TestModels.request(.gemini))

        #expect(reply.text == "Hello.")
        #expect(models.provider.server.log.requests.count == 2)
    }

    @Test func `a body that is one array is a stream too`() async throws {
        let body =
            #"[{"candidates":[{"content":{"parts":[{"text":"a"}]}}]},{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":1}}]"#
        stream.models.provider.next(
            .send(status: 200, contentType: "application/json", body: body))

        let (events, _) = await events(
            of: stream.models.model(.gemini), TestModels.request(.gemini))

        #expect(events.text == "ab")
    }
}

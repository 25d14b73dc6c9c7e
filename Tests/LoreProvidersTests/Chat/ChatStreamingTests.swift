import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ChatStreamingTests {
    private let models: TestModels

    init() throws { models = try TestModels() }

    private static let usage = TokenUsage(
        inputTokens: 100, cachedTokens: 60, cacheWriteTokens: 8, outputTokens: 20,
        reasoningTokens: 5)
    private static let full = ScriptedReply(
        thinking: "hm", pieces: ["Hé", "llo ", "wörld 😀."],
        calls: [
            ScriptedReply.Call(id: "call_a", name: "search", pieces: "{\"q\":", "\"pump\"}"),
            ScriptedReply.Call(id: "call_b", name: "search", pieces: "{}"),
        ], usage: usage)

    @Test(arguments: ScriptedWire.allCases)
    func `a reply streams its thinking, its text and its calls`(wire: ScriptedWire) async throws {
        models.provider.next(.say(Self.full))

        let (events, error) = await events(of: models.model(wire), TestModels.request(wire))

        let reply = try #require(events.reply, "\(String(describing: error))")
        #expect(events.contains(.thinking("hm")))
        #expect(events.filter { if case .text = $0 { true } else { false } }.count == 3)
        #expect(events.text == "Héllo wörld 😀.")
        #expect(reply.text == "Héllo wörld 😀.")
        #expect(events.calls.map(\.argumentText) == ["{\"q\":\"pump\"}", "{}"])
        #expect(reply.toolCalls == events.calls)
        #expect(reply.toolCalls.map(\.id) == ["call_a", "call_b"])
        #expect(reply.finish == .toolCalls)
        #expect(events.notices == [])
    }

    @Test(arguments: ScriptedWire.allCases)
    func `a whole reply in one document equals the streamed one`(wire: ScriptedWire) async throws {
        let model = models.model(wire)
        let request = TestModels.request(wire)
        for finish in [ScriptedReply.Finish.stop, .length, .refusal, .filtered] {
            var said = Self.full
            said.finish = finish
            if finish != .stop { said.calls = [] }
            let document = wire.whole(said, model: model.profile.name).text
            models.provider.next(
                .say(said), .send(status: 200, contentType: "text/plain", body: document))

            let streamed = try await model.reply(to: request)
            let whole = try await model.reply(to: request)

            #expect(streamed == whole)
        }
    }

    @Test(arguments: ScriptedWire.allCases)
    func `usage is counted to the token`(wire: ScriptedWire) async throws {
        models.provider.next(.say(Self.full))

        let usage = try await models.model(wire).reply(to: TestModels.request(wire)).usage

        var expected = Self.usage
        if wire == .gemini || wire == .ollama { expected.cacheWriteTokens = 0 }
        if wire == .ollama { (expected.cachedTokens, expected.reasoningTokens) = (0, 0) }
        #expect(usage == expected)
    }

    @Test(arguments: ScriptedWire.allCases)
    func `the end of a reply says why`(wire: ScriptedWire) async throws {
        let expected: [(ScriptedReply.Finish, FinishReason)] =
            switch wire {
            case .openAIChat, .openAIResponses:
                [
                    (.stop, .stop), (.length, .length), (.refusal, .refusal),
                    (.filtered, .filtered),
                ]
            case .anthropic: [(.stop, .stop), (.length, .length), (.refusal, .refusal)]
            case .gemini: [(.stop, .stop), (.length, .length), (.filtered, .filtered)]
            case .ollama: [(.stop, .stop), (.length, .length)]
            }
        for (finish, reason) in expected {
            models.provider.next(.say(ScriptedReply(pieces: ["a"], finish: finish)))

            let reply = try await models.model(wire).reply(to: TestModels.request(wire))

            #expect(reply.finish == reason)
            #expect(reply.text == "a")
        }
    }

    @Test(arguments: ScriptedWire.allCases)
    func `any split of the bytes, line ends and comments give the same events`(
        wire: ScriptedWire
    ) async throws {
        let model = models.model(wire)
        let request = TestModels.request(wire)
        models.provider.next(.say(Self.full))
        let expected = await events(of: model, request).events
        var deliveries = [1, 2, 3, 7, 64].map { ScriptedDelivery(pieceBytes: $0) }
        deliveries += ["\r\n", "\r"].map {
            ScriptedDelivery(lineEnd: $0, hasComments: true, pieceBytes: 5)
        }
        deliveries.append(ScriptedDelivery(hasEndMark: false, contentType: "text/plain"))
        for delivery in deliveries {
            models.provider.next(.say(Self.full, delivery))

            let (events, error) = await events(of: model, request)

            #expect(events == expected, "\(delivery) \(String(describing: error))")
        }
    }

    @Test(arguments: ScriptedWire.allCases)
    func `a call cut by the limit is never run`(wire: ScriptedWire) async throws {
        // Gemini and Ollama send a call whole or not at all.
        guard wire != .gemini, wire != .ollama else { return }
        let call = ScriptedReply.Call(id: "call_a", name: "search", pieces: "{\"q\":", "\"pu")
        var said = ScriptedReply(calls: [call], finish: .length)
        said.pieces = ["Let me see."]
        models.provider.next(.say(said))

        let reply = try await models.model(wire).reply(to: TestModels.request(wire))

        #expect(reply.finish == .length)
        #expect(reply.toolCalls.count == 1)
        for call in reply.toolCalls {
            #expect(throws: ToolCallError.self) { try call.arguments() }
        }
    }

    @Test(arguments: ScriptedWire.allCases)
    func `text comes as it is made, before the end of the reply`(wire: ScriptedWire) async throws {
        let gate = Gate()
        let reply = ScriptedReply.text("one ", "two")
        let frames = wire.frames(reply, model: "m").count
        let open = Gate()
        open.open()
        let gates = (0..<frames).map { $0 == frames - 1 ? gate : open }
        models.provider.next(.say(reply, ScriptedDelivery(gates: gates)))

        var stream = models.model(wire).stream(TestModels.request(wire)).makeAsyncIterator()
        #expect(try await stream.next() == .text("one "))
        gate.open()

        #expect(try await stream.next() == .text("two"))
    }

    @Test(arguments: ScriptedWire.allCases)
    func `letting go of a stream ends the request`(wire: ScriptedWire) async throws {
        let reply = ScriptedReply.text("one ", "two")
        let count = wire.frames(reply, model: "m").count - 1
        models.provider.next(.say(reply, ScriptedDelivery(events: count, ending: .hang)))

        for try await event in models.model(wire).stream(TestModels.request(wire)) {
            if case .text = event { break }
        }

        await models.provider.server.wait { $0.peerCloses == 1 && $0.openConnections == 0 }
    }

    @Test func `fifty streams at once leave no connection open`() async throws {
        let model = models.model(.anthropic)

        let texts = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await model.reply(to: TestModels.request(.anthropic)).text
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }

        #expect(texts == [String](repeating: "Hello.", count: 50))
        models.client.close()
        await models.provider.server.wait { $0.openConnections == 0 }
    }

    @Test func `requests one after the other share a connection`() async throws {
        let model = models.model(.gemini)

        for _ in 0..<3 { _ = try await model.reply(to: TestModels.request(.gemini)) }

        #expect(models.provider.server.log.connections == 1)
    }
}

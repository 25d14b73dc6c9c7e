import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ChatRetryTests {
    private let models: TestModels

    init() throws { models = try TestModels() }

    /// The waits before the reply, and the error where there was none.
    private func run(_ acts: ScriptedAct..., wire: ScriptedWire = .anthropic) async -> (
        waits: [Duration], error: (any Error)?
    ) {
        for act in acts { models.provider.next(act) }
        let (events, error) = await events(of: models.model(wire), TestModels.request(wire))
        #expect((events.reply != nil) == (error == nil))
        return (models.waits.all, error)
    }

    @Test(arguments: [
        (["retry-after-ms": "1500"], Duration.milliseconds(1500)),
        (["retry-after-ms": "20.5", "retry-after": "9"], .milliseconds(20.5)),
        (["Retry-After": "2"], .seconds(2)),
        (["Retry-After": "0.25"], .milliseconds(250)),
        // The test's clock stands at 2026-11-23 09:08:20 UTC.
        (["Retry-After": "Mon, 23 Nov 2026 09:08:30 GMT"], .seconds(10)),
        (["Retry-After": "Mon, 23 Nov 2026 09:00:00 GMT"], .zero),
        (["Retry-After": "120"], .seconds(120)),
    ])
    func `the wait that the server states is kept`(
        headers: [String: String], wait: Duration
    ) async {
        let fields = headers.map { ($0.key, $0.value) }

        let (waits, error) = await run(.fail(.rateLimited, headers: fields))

        #expect(error == nil)
        #expect(waits.first == wait)
    }

    @Test func `Gemini states its wait in the body`() async {
        let (waits, error) = await run(.fail(.rateLimited), wire: .gemini)

        #expect(error == nil)
        #expect(waits.first == .seconds(7))
    }

    @Test(arguments: [["Retry-After": "soon"], ["Retry-After": "-1"], [:]])
    func `without a stated wait it doubles from half a second`(headers: [String: String]) async {
        let act = ScriptedAct.fail(.overloaded, headers: headers.map { ($0.key, $0.value) })

        let (waits, error) = await run(act, act)

        #expect(error == nil)
        #expect(waits.count == 2)
        #expect(waits[0] >= .milliseconds(375) && waits[0] <= .milliseconds(500))
        #expect(waits[1] >= .milliseconds(750) && waits[1] <= .seconds(1))
    }

    @Test func `after so many tries the last failure stands`() async {
        let act = ScriptedAct.fail(.serverFailure)

        let (waits, error) = await run(act, act, act)

        #expect(error as? ProviderError == .serverFailure(provider: "Anthropic", status: 500))
        #expect(waits.count == 2)
    }

    @Test(arguments: [
        ScriptedAct.fail(.quotaSpent), .fail(.wrongKey), .fail(.badRequest),
        .fail(.contextTooLong), .fail(.rateLimited, headers: [("Retry-After", "121")]),
        .fail(.overloaded, headers: [("x-should-retry", "false")]),
        .fail(.quotaSpent, headers: [("x-should-retry", "true")]),
    ])
    func `what another try cannot mend is not tried again`(act: ScriptedAct) async {
        let (waits, error) = await run(act)

        #expect(error is ProviderError)
        #expect(waits == [])
        #expect(models.provider.server.log.requests.count == 1)
    }

    @Test func `a server may ask for another try of anything else`() async {
        let (_, error) = await run(.fail(.badRequest, headers: [("x-should-retry", "true")]))

        #expect(error == nil)
    }

    @Test(arguments: [
        ScriptedAct.connection(LoopbackReply(steps: [.reset])),
        .connection(LoopbackReply(steps: [.cut])),
        .say(.text("a"), ScriptedDelivery(events: 1, ending: .cut)),
        .send(status: 502, contentType: "text/html", body: "<html>Bad gateway</html>"),
        .send(status: 409, contentType: "application/json", body: "{}"),
        .send(status: 408, contentType: "application/json", body: "{}"),
    ])
    func `what fails before any text is tried again`(act: ScriptedAct) async {
        let (waits, error) = await run(act)

        #expect(error == nil)
        #expect(waits.count == 1)
    }

    @Test func `nothing is tried again after text was shown`() async {
        models.provider.next(
            .say(.text("one ", "two"), ScriptedDelivery(events: 4, ending: .close)))

        let (events, error) = await events(
            of: models.model(.anthropic), TestModels.request(.anthropic))

        #expect(events == [.text("one ")])
        #expect(error is ProviderError)
        #expect(models.waits.all == [])
    }

    @Test func `reasoning that the provider does not know again goes once without it`()
        async throws
    {
        let body = #"{"error":{"message":"x","code":"invalid_encrypted_content"}}"#
        models.provider.next(
            .send(status: 400, contentType: "application/json", body: body))
        var request = TestModels.request(.openAIResponses)
        let original = OriginalTurn(
            dialect: "openai-responses", model: "m", content: [["type": "reasoning", "id": "r"]])
        request.messages += [
            ChatMessage(.assistant, [.text("before")], original: original),
            ChatMessage(.user, "more"),
        ]

        _ = try await models.model(.openAIResponses).reply(to: request)

        let inputs = try models.provider.bodies.map { $0["input"]?[1] }
        #expect(
            inputs == [
                ["type": "reasoning", "id": "r"],
                ["type": "message", "role": "assistant", "content": "before"],
            ])
    }
}

import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ChatFailureTests {
    private let models: TestModels

    init() throws { models = try TestModels() }

    private func failure(
        _ wire: ScriptedWire, _ acts: ScriptedAct..., retries: Int = 0
    ) async -> (events: [ChatEvent], error: ProviderError?) {
        for act in acts { models.provider.next(act) }
        let (events, error) = await events(
            of: models.model(wire, retries: retries), TestModels.request(wire))
        return (events, error as? ProviderError)
    }

    /// The case's name, for a comparison that leaves the provider's own words out.
    private func kind(_ error: ProviderError?) -> String {
        error.map { String("\(Mirror(reflecting: $0).children.first?.label ?? "\($0)")") } ?? "none"
    }

    @Test(arguments: ScriptedWire.allCases, ScriptedFailure.allCases)
    func `each failure is told apart`(wire: ScriptedWire, failure: ScriptedFailure) async {
        let (events, error) = await self.failure(wire, .fail(failure))

        #expect(kind(error) == "\(failure)")
        #expect(events == [])
        #expect(!"\(String(describing: error))".contains("sk-test"))
        #expect(error?.description.contains("sk-test") == false)
    }

    @Test(arguments: ScriptedWire.allCases)
    func `an error inside a stream is told after what came before it`(
        wire: ScriptedWire
    ) async {
        let frames = wire.frames(.text("one ", "two"), model: "m")
        let delivery = ScriptedDelivery(
            events: frames.count - (wire == .openAIChat ? 2 : 1), ending: .failure(.overloaded))

        let (events, error) = await failure(
            wire, .say(.text("one ", "two"), delivery), retries: 2)

        #expect(events.text.hasPrefix("one "))
        #expect(["overloaded", "serverFailure"].contains(kind(error)))
        #expect(models.provider.server.log.requests.count == 1)
    }

    @Test(arguments: ScriptedWire.allCases)
    func `an error inside a stream before any text is tried again`(wire: ScriptedWire) async {
        let delivery = ScriptedDelivery(events: 0, ending: .failure(.overloaded))

        let (events, error) = await failure(wire, .say(.text("a"), delivery), retries: 1)

        #expect(error == nil)
        #expect(events.text == "Hello.")
    }

    @Test(arguments: ScriptedWire.allCases)
    func `a stream that just ends is cut short`(wire: ScriptedWire) async {
        let reply = ScriptedReply.text("one ", "two")
        // Without the event that ends the reply, and the usage that follows it at OpenAI.
        let count = wire.frames(reply, model: "m").count - (wire == .openAIChat ? 2 : 1)

        let (events, error) = await failure(
            wire, .say(reply, ScriptedDelivery(events: count, ending: .cut)), retries: 2)

        #expect(kind(error) == "cutShort")
        #expect(events.text.hasPrefix("one "))
        #expect(events.reply == nil)
    }

    @Test(arguments: ScriptedWire.allCases)
    func `a connection that breaks is an interruption`(wire: ScriptedWire) async {
        for ending in [ScriptedDelivery.Ending.close, .reset] {
            let delivery = ScriptedDelivery(events: 1, ending: ending)

            let error = await failure(wire, .say(.text("a", "b"), delivery)).error

            #expect(kind(error) == "interrupted")
        }
    }

    @Test(arguments: ScriptedWire.allCases)
    func `a body that is no reply is malformed`(wire: ScriptedWire) async {
        let bodies = ["<html>Sign in</html>", "", "{\"hello\":1}", "not JSON at all"]
        for body in bodies {
            let act = ScriptedAct.send(status: 200, contentType: "text/html", body: body)

            let error = await failure(wire, act).error

            let isKnown = ["malformed", "cutShort"].contains(kind(error))
            #expect(isKnown, "\(body): \(String(describing: error))")
        }
    }

    @Test(arguments: ScriptedWire.allCases)
    func `an error body at status 200 is an error`(wire: ScriptedWire) async {
        let body: JSONValue = ["error": ["type": "server_error", "message": "no"]]
        let act = ScriptedAct.send(
            status: 200, contentType: "application/json", body: body.text)

        #expect(kind(await failure(wire, act).error) == "serverFailure")
    }

    @Test(arguments: ScriptedWire.allCases)
    func `cancelling ends the request at once`(wire: ScriptedWire) async throws {
        models.provider.next(.connection(.hang))
        let model = models.model(wire)
        let task = Task { try await model.reply(to: TestModels.request(wire)) }
        await models.provider.server.wait { $0.requests.count == 1 }

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        await models.provider.server.wait { $0.openConnections == 0 }
    }
}

import Foundation
import LoreCore
import TestSupport
import Testing

@Suite struct AskModelTests {
    private let model = "openai:gpt-6.1-sol"
    private let question = "How many minutes should tea steep?"

    /// Notes, and the environment of a user whose OpenAI is `provider`.
    private func vault(
        _ provider: ScriptedProvider, key: String = "sk-test-4711"
    ) throws -> Workplace {
        let place = try Workplace(environment: [
            "OPENAI_BASE_URL": provider.server.address("/v1"), "OPENAI_API_KEY": key,
            "LORE_RETRIES": "0",
        ])
        try place.write("# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n", to: "tea.md")
        try place.write("# Bread\n\nFlour, water, salt.\n", to: "bread.md")
        try place.run("index", place.notes)
        return place
    }

    @Test func `the answer is followed by its sources`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(
            .say(.text("Four ", "minutes [", "1].", " Use soft water [1, 9].")),
            .say(.text("Four ", "minutes [", "1].", " Use soft water [1, 9].")))
        let expected = """
            Four minutes [1]. Use soft water [1].

            [1] tea.md:3
                > Steep it for four minutes.
            [1] tea.md:5
                > Use soft water.

            """

        let streamed = try place.run("ask", "-m", model, question)
        let whole = try place.run("ask", "-m", model, "--no-stream", question)

        #expect(streamed.status == 0, "\(streamed.error)")
        #expect(streamed.text == expected)
        #expect(whole.text == expected)
        #expect(streamed.error.contains("lore: openai:gpt-6.1-sol: 26 tokens in, 9 out, $0.0001"))
    }

    @Test func `how many of the matching passages were read is said`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        try place.write("# Teas\n\nA tea of some minutes.\n", to: "teas.md")
        try place.run("index", place.notes)
        for _ in 1...3 { provider.next(.say(.text("Four minutes [1]."))) }

        let some = try place.run("ask", "-m", model, "-n", "1", question)
        let whole = try place.run("ask", "-m", model, question)
        let found = try place.run("ask", "-m", model, "-n", "1", "--json", "--no-cache", question)

        #expect(some.error.contains("lore: read 1 of 2 passages that match\n"))
        #expect(!whole.error.contains("passages that match"))
        let coverage = try #require(found.json["coverage"] as? [String: Int])
        #expect(coverage == ["matched": 2, "read": 1, "left_out": 0])
    }

    @Test func `the text is written as it comes`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        let gate = Gate()
        let opened = Gate()
        opened.open()
        provider.next(
            .say(
                .text("Four minutes, ", "says the note [1]."),
                ScriptedDelivery(gates: [opened, opened, gate])))

        let running = try RunningCommand(place, "ask", "-m", model, question)

        #expect(eventually { running.written == "Four minutes," })
        gate.open()
        #expect(eventually { !running.isRunning })
        #expect(running.written.hasPrefix("Four minutes, says the note [1].\n\n[1] tea.md:3\n"))
    }

    @Test func `one JSON document holds answer, citations and cost`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(.text("Four minutes [1].")))

        let json = try place.run("ask", "-m", model, "--json", question).json

        #expect(json["answer"] as? String == "Four minutes [1].")
        #expect(json["model"] as? String == model)
        #expect(json["state"] as? String == "grounded")
        let citation = (json["citations"] as? [[String: Any]])?.first
        #expect(citation?["quote"] as? String == "Steep it for four minutes.")
        #expect(citation?["verified"] as? Bool == true)
        let usage = json["usage"] as? [String: Any]
        #expect(usage?["input_tokens"] as? Int == 26)
        #expect(usage?["cost_usd"] as? Double == 26 * 2e-6 + 9 * 1e-5)
    }

    @Test func `of a note that was changed no quote is shown`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        try place.write("# Tea\n\nSteep it for five minutes.\n", to: "tea.md")
        provider.next(.say(.text("Four minutes [1].")), .say(.text("Four minutes [1].")))

        let plain = try place.run("ask", "-m", model, "--no-cache", question)
        let json = try place.run("ask", "-m", model, "--no-cache", "--json", question).json

        #expect(
            plain.text == """
                Four minutes [1].

                [1] tea.md:3 (unverified: the note has changed)

                """)
        let citation = (json["citations"] as? [[String: Any]])?.first
        #expect(citation?["verified"] as? Bool == false)
        #expect(citation?["quote"] as? String == "")
    }

    @Test func `a wrong key ends with status 5 and shows no key`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.fail(.wrongKey), .fail(.wrongKey))

        let plain = try place.run("ask", "-m", model, question)
        let json = try place.run("ask", "-m", model, "--json", question)

        #expect(plain.status == 5)
        #expect(
            plain.error
                == "lore: OpenAI does not accept the key; check the key in the environment\n")
        #expect(json.status == 5)
        let error = json.json["error"] as? [String: String]
        #expect(error?["code"] == "unavailable")
        #expect(!(plain.error + plain.text + json.error + json.text).contains("4711"))
    }

    @Test func `what the notes do not say is not asked of a model`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)

        let result = try place.run("ask", "-m", model, "Who won the chess olympiad?")

        #expect(result.status == 3)
        #expect(result.text.hasPrefix("The notes do not say."))
        #expect(provider.server.log.requests.isEmpty)
    }

    @Test func `a missing key names the variable`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)

        let result = try place.run("ask", "-m", "anthropic:claude-haiku-4-5", question)

        #expect(result.status == 5)
        #expect(result.error.contains("set ANTHROPIC_API_KEY in the environment"))
    }

    @Test func `offline, only this machine is asked`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(.text("Four minutes [1].")))
        let away = try Workplace(environment: [
            "OPENAI_BASE_URL": "http://192.0.2.1/v1", "OPENAI_API_KEY": "k",
        ])
        try away.write("# Tea\n\nSteep it for four minutes.\n", to: "tea.md")
        try away.run("index", away.notes)

        #expect(try place.run("ask", "--offline", "-m", model, question).status == 0)
        let refused = try away.run("ask", "--offline", "-m", model, question)
        #expect(refused.status == 5)
        #expect(refused.error.contains("offline: refused to connect to 192.0.2.1"))
    }

    @Test func `what is sent can be seen`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(.text("Four minutes [1].")))

        let result = try place.run("ask", "-m", model, "--show-context", question)

        let turn = try #require(try provider.bodies.first?["messages"]?[1]?["content"]?.string)
        #expect(result.error.contains(turn))
        #expect(result.error.contains("lore: sent to openai:gpt-6.1-sol, in tokens: instructions"))
        #expect(result.text.hasPrefix("Four minutes [1]."))
    }

    @Test func `a text on stdin goes to the model with the question`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(.text("Costs rise.")))

        let result = try place.run(
            "ask", "-m", model, "Which risks are there?", input: "Risk: costs rise.\n")
        let built = try place.run("ask", question, input: "Risk: costs rise.\n")

        #expect(result.status == 0, "\(result.error)")
        #expect(result.text == "Costs rise.\n")
        #expect(try provider.bodies.first?.text.contains("Risk: costs rise.") == true)
        #expect(result.error.contains("nothing in the notes is cited for this answer"))
        #expect(built.error.contains("'extractive' answers from the notes alone"))
    }

    @Test func `Ctrl-C ends the request and the command`() async throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(
            .say(.text("Four ", "minutes"), ScriptedDelivery(events: 2, ending: .hang)))
        let running = try RunningCommand(place, "ask", "-m", model, question)
        #expect(eventually { running.written.hasPrefix("Four") })

        let status = running.end(by: SIGINT)

        #expect(status == 130)
        await provider.server.wait { $0.peerCloses == 1 }
    }

    @Test func `a limit of tokens is the model's`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(ScriptedReply(pieces: ["Four [1]"], finish: .length)))

        let result = try place.run("ask", "-m", model, "--max-tokens", "77", question)

        #expect(try provider.bodies.first?["max_completion_tokens"]?.int == 77)
        #expect(result.error.contains("the answer was cut after 9 tokens"))
    }
}

import Foundation
import LoreCore
import TestSupport
import Testing

@Suite struct ConversationCommandTests {
    private let question = "How many minutes should tea steep?"

    private func vault(_ environment: [String: String] = [:]) throws -> Workplace {
        let place = try Workplace(environment: environment)
        try place.write("# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n", to: "tea.md")
        try place.run("index", place.notes)
        return place
    }

    private func paying(_ provider: ScriptedProvider) throws -> Workplace {
        try vault([
            "ANTHROPIC_BASE_URL": provider.server.address(""), "ANTHROPIC_API_KEY": "sk-test-4711",
            "LORE_RETRIES": "0", "LORE_MODEL": "anthropic:claude-haiku-4-5",
        ])
    }

    @Test func `-c goes on with the last conversation, --conversation with any`() throws {
        let place = try vault()
        let first = try place.run("ask", "--json", question).json
        let id = try #require(first["conversation_id"] as? String)
        try place.run("ask", "--json", "Which water for tea?")

        let last = try place.run("ask", "-c", "--json", question).json
        let named = try place.run("ask", "--conversation", String(id.prefix(8)), "--json", question)
            .json
        let list = try place.run("conversations", "--json").json["conversations"]

        #expect(last["conversation_id"] as? String != id)
        #expect(named["conversation_id"] as? String == id)
        let entries = try #require(list as? [[String: Any]])
        #expect(entries.map { $0["turns"] as? Int } == [2, 2])
        #expect(entries.first?["id"] as? String == id)
        #expect(entries.first?["title"] as? String == question)
    }

    @Test func `a conversation is shown, found by its words, and deleted`() throws {
        let place = try vault()
        let answer = try place.run("ask", "--json", question).json
        let id = try #require(answer["conversation_id"] as? String)

        let shown = try place.run("conversations", "show", id)
        let json = try place.run("conversations", "show", id, "--json").json
        let found = try place.run("conversations", "search", "steep", "minutes")
        let missed = try place.run("conversations", "search", "wombat")
        let deleted = try place.run("conversations", "delete", id)
        let again = try place.run("conversations", "delete", id)

        #expect(shown.text.hasPrefix("> \(question)\n"))
        #expect(
            shown.text.contains(
                "Steep it for four minutes. [1] Use soft water. [2]\n[1] tea.md:3\n"))
        let turns = try #require(json["turns"] as? [[String: Any]])
        #expect(turns.first?["answer_id"] as? String == answer["answer_id"] as? String)
        #expect(turns.first?["state"] as? String == "grounded")
        #expect(found.text.hasPrefix(id))
        #expect(missed.status == 3)
        #expect(deleted.status == 0)
        #expect(again.status == 3)
        #expect(
            again.error
                == "lore: no conversation has the id '\(id)'; `lore conversations` lists them\n")
    }

    @Test func `-c with nothing to go on with is told so`() throws {
        let place = try vault()

        let result = try place.run("ask", "-c", question)
        let both = try place.run("ask", "-c", "--conversation", "x", question)

        #expect(result.status == 3)
        #expect(
            result.error == "lore: there is no conversation yet; ask without -c to begin one\n")
        #expect(both.status == 2)
    }

    @Test func `cost adds up what was paid, and a kept reply is marked and free`() throws {
        let provider = try ScriptedProvider()
        let place = try paying(provider)
        let usage = TokenUsage(inputTokens: 1000, outputTokens: 100)
        provider.next(.say(ScriptedReply(pieces: ["Four minutes [1]."], usage: usage)))

        let paid = try place.run("ask", "--json", question).json
        let kept = try place.run("ask", "--json", question)
        let cost = try place.run("cost", "--json").json
        let text = try place.run("cost", "--by", "day", "--since", "1d").text
        let none = try place.run("cost", "--since", "tomorrow").text

        #expect(paid["cached"] as? Bool == false)
        #expect((paid["usage"] as? [String: Any])?["cost_usd"] as? Double == 0.0015)
        #expect(kept.json["cached"] as? Bool == true)
        #expect(
            kept.error.contains("an equal question had this reply; --no-cache asks the model again")
        )
        #expect(cost["total_usd"] as? Double == 0.0015)
        let entry = try #require((cost["entries"] as? [[String: Any]])?.first)
        #expect(entry["requests"] as? Int == 1)
        #expect(entry["input_tokens"] as? Int == 1000)
        #expect(entry["purpose"] as? String == "answer")
        #expect(
            text.hasSuffix(
                "anthropic:claude-haiku-4-5  answer  1 request, 1000 tokens in, 100 out  $0.0015\n"
                    + "total $0.0015\n"))
        #expect(none == "total $0.0000\n")
        #expect(provider.server.log.requests.count == 1)
    }

    @Test func `the ceiling ends with 6 before anything is sent`() throws {
        let provider = try ScriptedProvider()
        let place = try paying(provider)

        let result = try place.run("ask", "--max-cost", "0.0001", "--json", question)

        #expect(result.status == 6)
        let error = try #require(result.json["error"] as? [String: String])
        #expect(error["code"] == "cost_ceiling")
        #expect(provider.server.log.requests.isEmpty)
    }

    @Test func `a day that is none is told`() throws {
        let place = try vault()

        let result = try place.run("cost", "--since", "soon")

        #expect(result.status == 2)
        #expect(
            result.error.contains("'soon' is no day; write 30d, 2w, 2026-11-01 or yesterday"))
    }

    @Test func `what there was of an interrupted answer is kept as cut`() throws {
        let provider = try ScriptedProvider()
        let place = try paying(provider)
        let gate = Gate()
        let opened = Gate()
        opened.open()
        provider.next(
            .say(
                .text("Four minutes, ", "says the note [1]."),
                ScriptedDelivery(gates: [opened, opened, opened, opened, gate])))
        let running = try RunningCommand(place, "ask", question)
        #expect(eventually { running.written.hasPrefix("Four minutes,") })

        #expect(running.end(by: SIGINT) == 130)
        gate.open()

        let id = try #require(
            try place.run("conversations").text.split(separator: "\t").first.map(String.init))
        let json = try place.run("conversations", "show", id, "--json").json
        let turn = try #require((json["turns"] as? [[String: Any]])?.first)
        #expect(turn["cut"] as? Bool == true)
        #expect((turn["answer"] as? String)?.hasPrefix("Four minutes,") == true)
    }
}

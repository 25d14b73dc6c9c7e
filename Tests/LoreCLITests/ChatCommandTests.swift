import Foundation
import LoreCore
import TestSupport
import Testing

@Suite struct ChatCommandTests {
    private let question = "How many minutes should tea steep?"

    private func vault(_ environment: [String: String] = [:]) throws -> Workplace {
        let place = try Workplace(environment: environment)
        try place.write("# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n", to: "tea.md")
        try place.run("index", place.notes)
        return place
    }

    /// A place whose model stands in mid-answer until the gate opens.
    private func standing(_ provider: ScriptedProvider, at gate: Gate) throws -> Workplace {
        let opened = Gate()
        opened.open()
        provider.next(
            .say(
                .text("Four minutes, ", "says the note [1]."),
                ScriptedDelivery(gates: [opened, opened, opened, opened, gate])))
        return try vault(environment(of: provider))
    }

    private func environment(of provider: ScriptedProvider) -> [String: String] {
        [
            "ANTHROPIC_BASE_URL": provider.server.address(""), "ANTHROPIC_API_KEY": "sk-test-4711",
            "LORE_RETRIES": "0", "LORE_MODEL": "anthropic:claude-haiku-4-5",
        ]
    }

    @Test func `each line of a pipe is a question, without a prompt`() throws {
        let place = try vault()

        let result = try place.run(
            "chat", input: "\(question)\n/suorces\n/open 1\nWho won the chess olympiad?")

        #expect(result.status == 0)
        #expect(
            result.text.hasPrefix(
                """
                Steep it for four minutes. [1] Use soft water. [2]

                [1] tea.md:3
                    > Steep it for four minutes.
                [2] tea.md:5
                    > Use soft water.
                [1] tea.md:3
                  1  # Tea

                """), "\(result.text)")
        #expect(result.text.contains("The notes do not say."))
        #expect(result.error.contains("there is no command '/suorces'; did you mean '/sources'?"))
        #expect(!result.error.contains("> "))
    }

    @Test func `with --json each answer and each error is a line`() throws {
        let place = try vault()

        let result = try place.run("chat", "--json", input: "\(question)\n/x\n/open 2\n")

        let lines = try result.text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        try #require(lines.count == 3)
        #expect(lines[0]["state"] as? String == "grounded")
        #expect((lines[1]["error"] as? [String: String])?["code"] == "invalid_input")
        #expect(lines[2]["path"] as? String == "tea.md")
    }

    @Test func `a model is offered tools, or held to a list, where it is said`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(environment(of: provider))
        let list = #"{"statements":[{"sources":["1.1"],"text":"Four minutes."}]}"#
        provider.next(.say(.text("Four minutes [1].")), .say(.text(list)))

        let free = try place.run("chat", "--tools", input: "\(question)\n")
        let strict = try place.run("chat", "--strict", input: "\(question)\n")

        #expect(free.text.hasPrefix("Four minutes [1].\n"))
        #expect(strict.text.hasPrefix("Four minutes. [1]\n"))
        let bodies = try provider.bodies.map(\.text)
        #expect(bodies.map { $0.contains("search_notes") } == [true, false])
        #expect(bodies.map { $0.contains(#""statements":"#) } == [false, true])
    }

    @Test func `without an index it ends with 4`() throws {
        #expect(try Workplace().run("chat", input: "\(question)\n").status == 4)
    }

    @Test func `a signal ends a conversation that is piped in, and what there was is kept`() throws
    {
        let provider = try ScriptedProvider()
        let gate = Gate()
        let place = try standing(provider, at: gate)
        let running = try RunningCommand(place, input: "\(question)\n\(question)\n", "chat")
        #expect(eventually { running.written.hasPrefix("Four minutes,") })

        #expect(running.end(by: SIGINT) == 130)
        gate.open()

        #expect(provider.server.log.requests.count == 1)
        let shown = try place.run("conversations").text
        #expect(shown.contains("1 turn"))
    }

    @Test func `what is said after Ctrl-C has a line of its own, before the first piece too`()
        throws
    {
        let provider = try ScriptedProvider()
        let gate = Gate()
        provider.next(
            .say(.text("Four minutes."), ScriptedDelivery(gates: [gate])))
        let place = try vault(environment(of: provider))
        let terminal = try PseudoTerminal(place, "chat")
        #expect(eventually { terminal.shown.hasSuffix("> ") })
        terminal.type("\(question)\n")
        #expect(eventually { provider.server.log.requests.count == 1 })

        // The terminal shows the key; the signal has to be sent, since it is not the program's own.
        terminal.type("\u{3}")
        #expect(eventually { terminal.shown.hasSuffix("^C") })
        terminal.send(SIGINT)

        #expect(eventually { terminal.shown.contains("^C\r\nlore: stopped; what there was") })
        gate.open()
        terminal.type("/quit\n")
        #expect(terminal.end() == 0)
    }

    @Test func `on a terminal lines are edited and kept, and a signal stops the answer alone`()
        throws
    {
        let provider = try ScriptedProvider()
        let gate = Gate()
        let place = try standing(provider, at: gate)
        let terminal = try PseudoTerminal(place, "chat")
        #expect(eventually { terminal.shown.hasSuffix("> ") })
        terminal.type("\(question)\n")
        #expect(eventually { terminal.shown.contains("Four minutes,") })

        terminal.send(SIGINT)
        #expect(eventually { terminal.shown.contains("stopped; what there was") })
        gate.open()
        // Taken back by Ctrl-C, then the command before the last, by the arrow.
        terminal.type("/nonsense\u{3}/model extractive\n")
        #expect(eventually { terminal.shown.contains("extractive answers now") })
        terminal.type("\u{1B}[A\u{1B}[A\n")
        #expect(eventually { terminal.shown.contains("Steep it for four minutes.") })
        terminal.type("\u{4}")

        #expect(terminal.end() == 0)
        #expect(!terminal.shown.contains("there is no command"))
        let history = place.folder.url.appending(path: "cache/lore/chat-history").path
        let mode = try FileManager.default.attributesOfItem(atPath: history)[.posixPermissions]
        #expect(mode as? Int == 0o600)
    }
}

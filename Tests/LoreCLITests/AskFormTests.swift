import Foundation
import LoreCore
import TestSupport
import Testing

@Suite struct AskFormTests {
    private let model = "openai:gpt-6.1-sol"
    private let question = "How many minutes should tea steep?"

    private func vault(_ provider: ScriptedProvider) throws -> Workplace {
        let place = try Workplace(environment: [
            "OPENAI_BASE_URL": provider.server.address("/v1"), "OPENAI_API_KEY": "sk-test",
            "GROQ_API_KEY": "sk-test", "LORE_RETRIES": "0",
        ])
        try place.write("# Tea\n\nSteep it for four minutes.\n\nUse soft water.\n", to: "tea.md")
        try place.run("index", place.notes)
        return place
    }

    private func form(_ place: Workplace, _ text: String) throws -> String {
        let file = place.folder.url.appending(path: "form.json")
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test func `a strict answer shows statements and the sentences they cite`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(
            .say(
                .text(
                    #"{"statements":[{"text":"Four minutes.","sources":["1.1"]},"#,
                    #"{"text":"In soft water.","sources":["1.2","1.1"]}]}"#)))

        let result = try place.run("ask", "-m", model, "--strict", question)

        #expect(result.status == 0, "\(result.error)")
        #expect(
            result.text == """
                Four minutes. [1] In soft water. [1]

                [1] tea.md:3
                    > Steep it for four minutes.
                [1] tea.md:5
                    > Use soft water.

                """)
    }

    @Test func `an empty list ends with status 3 and the nearest passages`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(.text(#"{"statements":[]}"#)))

        let result = try place.run("ask", "-m", model, "--strict", question)

        #expect(result.status == 3)
        #expect(result.text.contains("The notes do not say. The nearest passages:"))
    }

    @Test func `a model that cannot be held is a usage error that names those that can`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)

        let result = try place.run("ask", "-m", "groq:llama", "--strict", question)

        #expect(result.status == 2)
        #expect(result.error.contains("'groq:llama' cannot be held to a strict answer"))
        #expect(result.error.contains("name a model of openai, anthropic, gemini, ollama"))
        #expect(result.text.isEmpty)
    }

    @Test func `a reply that is no list ends with status 1`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        provider.next(.say(.text("Four minutes.")))

        let result = try place.run("ask", "-m", model, "--strict", question)

        #expect(result.status == 1)
        #expect(result.error.contains("replied: Four minutes."))
    }

    @Test func `without a model the answer is strict as it is`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)

        let result = try place.run("ask", "--strict", question)

        #expect(result.status == 0, "\(result.error)")
        #expect(result.text == (try place.run("ask", question).text))
    }

    @Test func `a form of the user's own is filled in`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        let file = try form(
            place,
            """
            {"type": "object", "properties": {"minutes": {"type": "integer"}},
             "required": ["minutes"], "additionalProperties": false}
            """)
        provider.next(.say(.text("{ \"minutes\": 4 }")), .say(.text("{ \"minutes\": 4 }")))

        let plain = try place.run("ask", "-m", model, "--schema", file, question)
        let json = try place.run("ask", "-m", model, "--schema", file, "--json", question)

        #expect(plain.status == 0, "\(plain.error)")
        #expect(plain.text == "{\"minutes\":4}\n")
        #expect(plain.error.contains("carries no citations"))
        #expect(json.json["answer"] as? String == #"{"minutes":4}"#)
        #expect(json.json["state"] as? String == "ungrounded")
        #expect((json.json["citations"] as? [Any])?.isEmpty == true)
    }

    @Test func `mistakes about the form are usage errors`() throws {
        let provider = try ScriptedProvider()
        let place = try vault(provider)
        let good = try form(place, #"{"type":"object"}"#)
        let cases: [([String], String)] = [
            (["--schema", good], "'extractive' answers with sentences of the notes"),
            (["-m", model, "--schema", "/nowhere.json"], "cannot read '/nowhere.json'"),
            (["-m", model, "--schema", place.notes], "cannot read"),
            (["-m", model, "--schema", good, "--strict"], "--strict and --schema exclude"),
        ]
        for (arguments, words) in cases {
            let result = try place.lore.run(["ask"] + arguments + [question])

            #expect(result.status == 2, "\(arguments)")
            #expect(result.error.contains(words), "\(result.error)")
        }
        #expect(provider.server.log.requests.isEmpty)
    }
}

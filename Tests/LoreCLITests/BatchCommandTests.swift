import Foundation
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct BatchCommandTests {
    private let provider: ScriptedProvider
    private let place: Workplace

    init() throws {
        provider = try ScriptedProvider()
        place = try Workplace(environment: [
            "OPENAI_BASE_URL": provider.server.address("/v1"), "OPENAI_API_KEY": "sk-4711",
            "LORE_MODEL": "openai:gpt-6-luna", "LORE_RETRIES": "0",
        ])
        try place.write("# Tea\n\nSteep the wombat blend for four minutes.\n", to: "tea.md")
        try place.run("index", place.notes)
    }

    private func lines(_ result: BuiltBinary.Result) throws -> [[String: Any]] {
        try result.text.split(separator: "\n").map { line in
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
        }
    }

    @Test func `submit, status and collect tell how far it is and print answers in order`() throws {
        provider.batches.end(.done, afterPolls: 2)
        provider.batches.set(["-2": .say(.text("Four minutes [1]."))])
        try place.folder.write(
            "{\"question\": \"Who won the olympiad?\", \"id\": \"a\"}\n"
                + "\"How long to steep the wombat blend?\"\n", to: "q.jsonl")

        let sent = try place.run("batch", "submit", place.folder.path + "/q.jsonl", "--json")
        let id = try #require(sent.json["batch_id"] as? String, "\(sent.error)")
        let status = try place.run("batch", "status", id, "--json")
        let early = try place.run("batch", "collect", id)
        let done = try place.run("batch", "collect", id)
        let list = try place.run("batch")

        #expect(sent.status == 0)
        #expect(sent.json["provider"] as? String == "openai")
        #expect(sent.json["questions"] as? Int == 2)
        #expect(status.json["state"] as? String == "running")
        #expect(early.status == 1)
        #expect(early.text.isEmpty)
        #expect(early.error.contains("running, 1 of 2 answered"))
        #expect(done.status == 0, "\(done.error)")
        let answers = try lines(done)
        #expect(answers.map { $0["state"] as? String } == ["not_found", "grounded"])
        #expect(answers[0]["id"] as? String == "a")
        #expect(answers[1]["answer"] as? String == "Four minutes [1].")
        #expect(list.text.contains("\(id)\topenai:gpt-6-luna\t"))
        #expect(!(sent.text + done.text + done.error).contains("4711"))
    }

    @Test func `a question without an answer is an error in its line, with status 5`() throws {
        provider.batches.set(["-1": .fail(.overloaded)])

        let sent = try place.run(
            "batch", "submit", "-", "--json", input: "\"How long to steep the wombat blend?\"\n")
        let id = try #require(sent.json["batch_id"] as? String, "\(sent.error)")
        let done = try place.run("batch", "collect", id, "--json")

        #expect(done.status == 5)
        let answers = done.json["answers"] as? [[String: Any]] ?? []
        #expect(answers.map { $0["error"] as? String } == ["OpenAI is overloaded; try again later"])
    }

    @Test func `what is wrong with the request is told`() throws {
        try place.folder.write("{\"question\": \"a\", \"were\": \"x\"}\n", to: "q.jsonl")

        let field = try place.run("batch", "submit", place.folder.path + "/q.jsonl")
        let absent = try place.run("batch", "submit", "/none")
        let unknown = try place.run("batch", "collect", "none")
        let builtIn = try place.run("batch", "submit", "-", "-m", "extractive", input: "\"a\"")

        #expect(field.status == 2)
        #expect(field.error.contains("did you mean 'where'?"))
        #expect(absent.status == 2)
        #expect(unknown.status == 3)
        #expect(builtIn.status == 2)
        #expect(builtIn.error.contains("name one with -m"))
    }
}

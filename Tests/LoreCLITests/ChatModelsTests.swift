import TestSupport
import Testing

@Suite struct ChatModelsTests {
    private func models(_ result: BuiltBinary.Result) -> [String: [String: Any]] {
        let list = result.json["models"] as? [[String: Any]] ?? []
        return Dictionary(list.map { ($0["name"] as? String ?? "", $0) }) { first, _ in first }
    }

    @Test func `keys are present or missing, and never shown`() throws {
        let place = try Workplace(environment: [
            "OPENAI_API_KEY": "sk-test-4711", "LORE_MODEL": "openai:gpt-6.1-sol",
        ])

        let json = try place.run("models", "list", "--chat", "--json")
        let plain = try place.run("models", "list", "--chat")

        let models = models(json)
        #expect(models["openai:gpt-6.1-sol"]?["key"] as? String == "present")
        #expect(models["openai:gpt-6.1-sol"]?["uses"] as? [String] == ["answers", "utility"])
        #expect(models["anthropic:claude-haiku-4-5"]?["key"] as? String == "missing")
        #expect(models["anthropic:claude-haiku-4-5"]?["window"] as? Int == 200_000)
        #expect(models["extractive"]?["key"] as? String == "not needed")
        #expect(models["openai:text-embedding-3-small"] == nil)
        #expect(!(json.text + plain.text + plain.error).contains("4711"))
        #expect(plain.text.contains("openai:gpt-6.1-sol\tkey present\t1050000 tokens\tset for"))
    }

    @Test func `a server on this machine is offered and not taken`() throws {
        let server = try LoopbackServer()
        server.on(
            "/api/tags",
            .whole(
                200, headers: [("Content-Type", "application/json")],
                Array(#"{"models":[{"name":"qwen3:0.6b"}]}"#.utf8)))
        let place = try Workplace(environment: ["OLLAMA_HOST": server.address("")])

        let result = try place.run("models", "list", "--chat", "--json")

        let models = models(result)
        #expect(models["ollama:qwen3:0.6b"]?["reachable"] as? Bool == true)
        #expect(models["extractive"]?["uses"] as? [String] == ["answers", "utility"])
        #expect(result.error.contains("to ask it: lore ask -m ollama:qwen3:0.6b"))
    }
}

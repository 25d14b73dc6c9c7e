import TestSupport
import Testing

/// `doctor --online` asks those who have a key, and no one else.
@Suite(.timeLimit(.minutes(1))) struct DoctorOnlineTests {
    private let provider: ScriptedProvider

    init() throws { provider = try ScriptedProvider() }

    private func place(_ environment: [String: String]) throws -> Workplace {
        let place = try Workplace(environment: environment)
        try place.write("# Tea\n\nThe wombat blend.\n", to: "tea.md")
        try place.run("index", place.notes)
        return place
    }

    private func checks(_ result: BuiltBinary.Result) -> [String: [String: Any]] {
        let checks = result.json["checks"] as? [[String: Any]] ?? []
        return Dictionary(uniqueKeysWithValues: checks.map { ($0["name"] as? String ?? "", $0) })
    }

    @Test func `a provider with a key is asked once, and one without is not`() throws {
        let place = try place([
            "ANTHROPIC_BASE_URL": provider.server.address(""), "ANTHROPIC_API_KEY": "sk-4711",
            "GEMINI_BASE_URL": provider.server.address(""),
        ])

        let result = try place.run("doctor", "--online", "--json")

        let checks = checks(result)
        #expect(result.status == 0, "\(result.text)")
        #expect(checks["anthropic"]?["detail"] as? String == "2 models at 127.0.0.1")
        #expect(checks["gemini"] == nil)
        #expect(checks["ollama"]?["ok"] as? Bool == true)
        #expect(provider.server.log.requests.map(\.target) == ["/v1/models?limit=1000"])
        #expect(!(result.text + result.error).contains("4711"))
    }

    @Test func `a wrong key and a server that is not there are faults, with status 5`() throws {
        provider.next(.fail(.wrongKey))
        let nobody = try RefusingPort()
        let place = try place([
            "OPENAI_BASE_URL": provider.server.address("/v1"), "OPENAI_API_KEY": "sk-4711",
            "OLLAMA_HOST": "127.0.0.1:\(nobody.number)",
        ])

        let result = try place.run("doctor", "--online", "--json")
        let words = try place.run("doctor", "--online")

        let checks = checks(result)
        #expect(result.status == 5, "\(result.text)")
        #expect(
            checks["openai"]?["problem"] as? String
                == "OpenAI does not accept the key; check the key in the environment")
        #expect((checks["ollama"]?["problem"] as? String)?.hasPrefix("cannot reach 127") == true)
        #expect(checks["compatible"] == nil)
        #expect(words.text.contains("ok     openai           2 models at 127.0.0.1"))
        #expect(!(result.text + result.error + words.text).contains("4711"))
    }

    @Test func `offline, nothing but this machine is asked`() throws {
        let place = try place([
            "GROQ_API_KEY": "sk-1", "OPENAI_BASE_URL": provider.server.address("/v1"),
        ])

        let result = try place.run("doctor", "--online", "--offline", "--json")

        let checks = checks(result)
        #expect(result.status == 0, "\(result.text)")
        #expect(checks["groq"]?["detail"] as? String == "not asked: offline")
        #expect(checks["compatible"]?["detail"] as? String == "2 models at 127.0.0.1")
    }
}

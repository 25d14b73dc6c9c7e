import LoreProviders
import Testing

@Suite struct ProviderEndpointTests {
    private func base(_ provider: Provider, _ environment: [String: String]) throws -> String {
        try ProviderEndpoint(provider: provider, environment: environment).base
    }

    @Test(arguments: [
        (Provider.openai, "OPENAI_API_KEY", "https://api.openai.com/v1"),
        (.anthropic, "ANTHROPIC_API_KEY", "https://api.anthropic.com"),
        (.gemini, "GEMINI_API_KEY", "https://generativelanguage.googleapis.com"),
        (.together, "TOGETHER_API_KEY", "https://api.together.xyz/v1"),
        (.groq, "GROQ_API_KEY", "https://api.groq.com/openai/v1"),
        (.mistral, "MISTRAL_API_KEY", "https://api.mistral.ai/v1"),
    ])
    func `a provider is reached at home with its own key`(
        provider: Provider, variable: String, home: String
    ) throws {
        #expect(try base(provider, [variable: "k"]) == home)
        #expect(throws: ProviderError.keyMissing(provider: provider.title, variable: variable)) {
            try base(provider, [variable: " "])
        }
        let elsewhere = [variable: "k", provider.baseVariable: "http://127.0.0.1:1/x/"]
        #expect(try base(provider, elsewhere) == "http://127.0.0.1:1/x")
    }

    @Test(arguments: [
        ("", "http://127.0.0.1:11434"), ("10.0.0.5", "http://10.0.0.5:11434"),
        ("10.0.0.5:80", "http://10.0.0.5:80"), ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:9", "http://127.0.0.1:9"), ("https://box/ollama/", "https://box/ollama"),
        ("http://box:8", "http://box:8"), ("[::1]", "http://[::1]:11434"),
        ("[::1]:8", "http://[::1]:8"),
    ])
    func `OLLAMA_HOST may leave out scheme and port`(host: String, expected: String) throws {
        #expect(try base(.ollama, ["OLLAMA_HOST": host]) == expected)
    }

    @Test func `a model's own address gets no key`() throws {
        let endpoint = try ProviderEndpoint(
            provider: .compatible, environment: ["OPENAI_API_KEY": "k"],
            modelBase: "http://127.0.0.1:8081/v1")

        #expect(endpoint.key == nil)
        #expect(endpoint.base == "http://127.0.0.1:8081/v1")
    }

    @Test func `a compatible server has no home`() {
        #expect(throws: ProviderError.baseMissing(variable: "OPENAI_BASE_URL")) {
            try base(.compatible, [:])
        }
    }

    @Test func `a model is named by its provider and its name`() throws {
        let name = try ModelName("groq:openai/gpt-oss:20b")

        #expect(name.provider == .groq)
        #expect(name.model == "openai/gpt-oss:20b")
        #expect("\(name)" == "groq:openai/gpt-oss:20b")
    }

    @Test(arguments: [
        ("openia:gpt", "openai"), ("claude", nil), ("gemini:", "gemini"), ("ollamma:x", "ollama"),
    ])
    func `another name is no model`(text: String, nearest: String?) {
        #expect(throws: ProviderError.unknownProvider(name: text, nearest: nearest)) {
            try ModelName(text)
        }
    }
}

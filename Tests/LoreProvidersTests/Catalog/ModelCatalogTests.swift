import LoreCore
import LoreProviders
import Testing

@Suite struct ModelCatalogTests {
    private func profile(
        _ name: String, in catalog: ModelCatalog = .bundled
    ) throws -> ModelProfile {
        catalog.profile(of: try ModelName(name))
    }

    @Test func `every model of the catalogue has a provider, and each chat model its prices`()
        throws
    {
        #expect(ModelCatalog.bundled.names.count > 30)
        for name in ModelCatalog.bundled.names where !name.contains("embed") {
            let profile = try profile(name)

            #expect(profile.window ?? 0 > 100_000, "\(name)")
            #expect(profile.maxOutput ?? 0 > 10_000, "\(name)")
            #expect(profile.prices != nil, "\(name)")
        }
    }

    /// Dollars for a million tokens: 4 in, 0.2 cached, 5 written, 20 out.
    @Test func `a request costs what each kind of its tokens costs`() throws {
        let prices = try #require(profile("anthropic:claude-opus-5-5").prices)
        let usage = TokenUsage(
            inputTokens: 1_000_000, cachedTokens: 500_000, cacheWriteTokens: 100_000,
            outputTokens: 50_000, reasoningTokens: 20_000)

        // 0.4 × 4 + 0.5 × 0.2 + 0.1 × 5 + 0.05 × 20
        #expect(abs(prices.cost(of: usage) - 3.2) < 1e-9)
        // 0.9 × 2 + … : a batch has no price of its own for what is cached.
        #expect(abs((prices.batchCost(of: usage) ?? 0) - (2 + 0.5)) < 1e-9)
    }

    /// Dollars for a million tokens: 2 in and 10 out up to 272,000 tokens, then 4 and 15.
    @Test func `a long request costs more from its first token`() throws {
        let prices = try #require(profile("openai:gpt-6.1-sol").prices)
        func cost(_ tokens: Int) -> Double {
            prices.cost(of: TokenUsage(inputTokens: tokens, outputTokens: 1000))
        }

        #expect(abs(cost(272_000) - (0.544 + 0.01)) < 1e-9)
        #expect(abs(cost(272_001) - (1.088004 + 0.015)) < 1e-9)
    }

    @Test func `settings correct and extend the catalogue`() throws {
        let catalog = ModelCatalog.bundled.applying([
            "compatible:qwen": ModelOverride(
                base: "http://127.0.0.1:8081/v1", window: 8192, maxOutput: 1024, input: 0,
                output: 0),
            "openai:gpt-6.1-sol": ModelOverride(window: 100, input: 1),
        ])

        let qwen = try profile("compatible:qwen", in: catalog)
        #expect(qwen.window == 8192)
        #expect(qwen.maxOutput == 1024)
        #expect(qwen.prices?.cost(of: TokenUsage(inputTokens: 9, outputTokens: 9)) == 0)
        #expect(
            catalog.base(of: try ModelName("compatible:qwen"))
                == "http://127.0.0.1:8081/v1")
        let sol = try profile("openai:gpt-6.1-sol", in: catalog)
        #expect(sol.window == 100)
        #expect(sol.maxOutput == 128_000)
        #expect(sol.refuses == [.temperature, .stop])
        // The user's price holds for long requests too: 1 in, 10 out.
        let cost = sol.prices?.cost(of: TokenUsage(inputTokens: 1_000_000, outputTokens: 0))
        #expect(cost == 1)
        #expect(catalog.names.count == ModelCatalog.bundled.names.count + 1)
    }

    @Test func `of an unknown model only what its family says is known`() throws {
        let new = try profile("openai:gpt-6.9-nova")
        #expect(new.refuses == [.temperature, .stop])
        #expect(new.prices == nil)
        #expect(new.window == nil)
        #expect(try profile("ollama:qwen3:8b").refuses == [])
    }

    @Test(arguments: [
        ("{}", "the catalogue of models has no list 'models'"),
        (#"{"models":[{"window":1}]}"#, #"the catalogue's entry of '{"window":1}' has no 'model'"#),
        (
            #"{"models":[{"model":"a:b","efforts":["huge"]}]}"#,
            "the catalogue's entry of 'a:b' has an unknown 'efforts': 'huge'"
        ),
        (#"{"models":[{"model":"a:b"},{"model":"a:b"}]}"#, "the catalogue has 'a:b' twice"),
        (
            #"{"models":[{"model":"a:b","long_context":{}}]}"#,
            "the catalogue's entry of 'a:b' has no 'above_tokens'"
        ),
    ])
    func `a catalogue that cannot be read says where`(text: String, words: String) {
        let error = #expect(throws: CatalogError.self) {
            try ModelCatalog(parsing: Array(text.utf8))
        }

        #expect(error?.description == words)
    }
}

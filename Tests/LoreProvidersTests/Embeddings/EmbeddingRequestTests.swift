import LoreCore
import LoreProviders
import TestSupport
import Testing

/// What goes over the wire: forms, batches, cuts, and what they cost.
@Suite(.timeLimit(.minutes(2))) struct EmbeddingRequestTests {
    private let embedders: TestEmbedders
    private var provider: ScriptedProvider { embedders.provider }

    init() throws { embedders = try TestEmbedders() }

    @Test func `OpenAI is asked for base64`() async throws {
        _ = try await embedders.embedder(.openAI).embed(["a", ""], as: .query)

        let request = try #require(provider.server.log.requests.first)
        #expect(request.path == "/embeddings")
        #expect(request.headers["authorization"] == "Bearer sk-test")
        #expect(
            try provider.bodies == [
                ["model": "small", "input": ["a", " "], "encoding_format": "base64"]
            ])
    }

    @Test func `Mistral is asked as its own library does`() async throws {
        let embedder = try await embedders.models().embedder(named: "mistral:mistral-embed")
        _ = try await embedder.embed(["a"], as: .query)

        #expect(try provider.bodies == [["model": "mistral-embed", "input": ["a"]]])
    }

    @Test(arguments: [
        (EmbeddingRole.query, "RETRIEVAL_QUERY"), (.passage, "RETRIEVAL_DOCUMENT"),
    ])
    func `Gemini is told what a text is for`(role: EmbeddingRole, task: String) async throws {
        _ = try await embedders.embedder(.gemini).embed(["a"], as: role)

        let request = try #require(provider.server.log.requests.first)
        #expect(request.path == "/v1/models/gemini-embedding-001:batchEmbedContents")
        #expect(request.headers["x-goog-api-key"] == "sk-test")
        let text: JSONValue = [
            "model": "models/gemini-embedding-001", "content": ["parts": [["text": "a"]]],
            "taskType": .string(task),
        ]
        #expect(try provider.bodies == [["requests": [text]]])
    }

    @Test func `Ollama is told not to cut`() async throws {
        _ = try await embedders.embedder(.ollama).embed(["a"], as: .passage)

        #expect(try provider.bodies == [["model": "nomic", "input": ["a"], "truncate": false]])
    }

    @Test func `a request holds no more texts than the provider takes`() async throws {
        let texts = (0..<250).map { "text \($0)" }

        let batch = try await embedders.embedder(.gemini).embed(texts, as: .passage)

        #expect(try provider.bodies.map { $0["requests"]?.elements?.count } == [100, 100, 50])
        #expect(provider.embeddedTexts == texts)
        #expect(batch.count == 250)
    }

    /// 400,000 bytes count as 125,000 tokens; OpenAI takes 300,000.
    @Test func `a request holds no more tokens than the provider takes`() async throws {
        let embedder = try await embedders.models().embedder(named: "openai:wide")
        let text = String(repeating: "word ", count: 80_000)

        _ = try await embedder.embed([text, text, text], as: .passage)

        #expect(try provider.bodies.map { $0["input"]?.elements?.count } == [2, 1])
    }

    /// 100 tokens are 320 bytes; the character at the cut has two.
    @Test func `a text over the model's window is cut between characters and counted`()
        async throws
    {
        let long = "a" + String(repeating: "é", count: 200)

        let batch = try await embedders.embedder(.gemini).embed(["short", long], as: .passage)

        #expect(batch.truncated == [false, true])
        #expect(
            provider.embeddedTexts == ["short", "a" + String(repeating: "é", count: 159)])
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases)
    func `a text that the provider finds too long is halved until it fits, and no other`(
        wire: ScriptedEmbeddingWire
    ) async throws {
        provider.embeds(ScriptedVectors(limitBytes: 100))
        let long = String(repeating: "x", count: 300)

        let batch = try await embedders.embedder(wire).embed(["a", long, "b"], as: .passage)

        #expect(batch.truncated == [false, true, false])
        #expect(provider.embeddedTexts == ["a", String(long.prefix(75)), "b"])
    }

    @Test func `a model that finds even a short text too long is an error`() async throws {
        provider.embeds(ScriptedVectors(limitBytes: 10))
        let embedder = try await embedders.embedder(.openAI)

        let error = try await providerError {
            _ = try await embedder.embed([String(repeating: "x", count: 300)], as: .passage)
        }

        #expect(error == .contextTooLong(provider: "OpenAI", model: "small"))
    }

    /// The scripted provider counts a token for each byte: 1 + 2 + 6.
    @Test func `the tokens of the texts sum to what the provider counts`() async throws {
        let embedder = try await embedders.embedder(.openAI)

        let batch = try await embedder.embed(["a", "bc", "defghi"], as: .passage)

        #expect(batch.tokenCounts == [1, 2, 6])
        #expect(embedder.cost(ofTokens: 1_000_000) == 0.02)
        #expect(embedder.cost(ofTokens: 500_000) == 0.01)
    }

    /// 32 bytes are 10 tokens by the estimate.
    @Test func `where the provider does not count, tokens are estimated`() async throws {
        let embedder = try await embedders.embedder(.gemini)

        let batch = try await embedder.embed([String(repeating: "a", count: 32)], as: .passage)

        #expect(batch.tokenCounts == [10])
        #expect(embedder.cost(ofTokens: 10) == nil)
    }
}

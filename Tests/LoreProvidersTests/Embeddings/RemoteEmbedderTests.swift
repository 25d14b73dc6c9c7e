import LoreCore
import LoreProviders
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct RemoteEmbedderTests {
    private let embedders: TestEmbedders
    private var provider: ScriptedProvider { embedders.provider }

    init() throws { embedders = try TestEmbedders() }

    private func expectVectors(_ batch: EmbeddingBatch, of texts: [String]) {
        let expected = texts.flatMap { ScriptedVectors.unit(of: $0) }
        #expect(distance(batch.values, expected) < 1e-6)
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases, [1, 3])
    func `each text has its vector at length 1`(
        wire: ScriptedEmbeddingWire, length: Float
    ) async throws {
        provider.embeds(ScriptedVectors(length: length))

        let batch = try await embedders.embedder(wire).embed(["a", "b", "c"], as: .passage)

        expectVectors(batch, of: ["a", "b", "c"])
        #expect(batch.truncated == [false, false, false])
    }

    @Test func `vectors in another order are put in theirs by number`() async throws {
        provider.embeds(ScriptedVectors(isReversed: true))

        let batch = try await embedders.embedder(.openAI).embed(["a", "b", "c"], as: .passage)

        expectVectors(batch, of: ["a", "b", "c"])
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases)
    func `a vector too few is malformed, and not asked for again`(
        wire: ScriptedEmbeddingWire
    ) async throws {
        provider.embeds(ScriptedVectors(missing: 1))

        let error = try await failure(wire)

        #expect(error == .malformed(host: title(wire), what: "1 vectors for 2 texts"))
        #expect(provider.server.log.requests.count == 1)
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases)
    func `vectors of another length than the model's are refused`(
        wire: ScriptedEmbeddingWire
    ) async throws {
        provider.embeds(ScriptedVectors(dimensions: 3))

        let error = try await failure(wire)

        let what = "a vector has 3 dimensions, not 4"
        #expect(error == .malformed(host: title(wire), what: what))
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases, [Float.nan, .infinity])
    func `a vector that is not finite is refused`(
        wire: ScriptedEmbeddingWire, first: Float
    ) async throws {
        provider.embeds(ScriptedVectors(first: first))

        let error = try await failure(wire)

        let what =
            wire == .openAI
            ? "a vector is zero or not finite" : "a vector holds what is no number"
        #expect(error == .malformed(host: title(wire), what: what))
    }

    @Test func `a vector of zeros is refused`() async throws {
        provider.embeds(ScriptedVectors(length: 0))

        let error = try await failure(.openAI)

        let what = "a vector is zero or not finite"
        #expect(error == .malformed(host: "OpenAI", what: what))
    }

    @Test(arguments: [
        ("<html>", "it is not JSON"), ("{}", "it is no list of vectors"),
        (
            #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
            "its vectors are not numbered from 0"
        ),
        (
            #"{"data":[{"embedding":"AAA"},{"embedding":"AAAA"}]}"#,
            "a vector is no base64 of numbers"
        ),
        (#"{"data":[{"embedding":7},{"embedding":7}]}"#, "a vector is no list"),
    ])
    func `what is no list of vectors is malformed`(body: String, what: String) async throws {
        provider.next(.send(status: 200, contentType: "application/json", body: body))

        #expect(try await failure(.openAI) == .malformed(host: "OpenAI", what: what))
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases)
    func `too many requests wait, then go on`(wire: ScriptedEmbeddingWire) async throws {
        provider.next(.fail(.rateLimited, headers: [("Retry-After", "3")]))

        let batch = try await embedders.embedder(wire).embed(["a"], as: .passage)

        expectVectors(batch, of: ["a"])
        #expect(embedders.waits.all.contains(.seconds(3)))
        #expect(provider.embeddedTexts == ["a"])
    }

    @Test(arguments: ScriptedEmbeddingWire.allCases)
    func `a wrong key and a spent quota end it at once`(wire: ScriptedEmbeddingWire) async throws {
        provider.next(.fail(.wrongKey), .fail(.quotaSpent))

        #expect(try await failure(wire) == .wrongKey(provider: title(wire)))
        #expect(try await failure(wire) == .quotaSpent(provider: title(wire)))
        #expect(embedders.waits.all == [])
    }

    @Test func `an error at status 200 is an error`() async throws {
        let body = #"{"error":{"type":"server_error","message":"no"}}"#
        provider.next(.send(status: 200, contentType: "application/json", body: body))

        let error = try await failure(.openAI, retries: 0)

        #expect(error == .serverFailure(provider: "OpenAI", status: nil))
    }

    @Test func `cancelling ends the request`() async throws {
        provider.next(.connection(.hang))
        let embedder = try await embedders.embedder(.openAI)
        let task = Task { try await embedder.embed(["a"], as: .passage) }
        await provider.server.wait { $0.requests.count == 1 }

        task.cancel()

        await #expect(throws: CancellationError.self) { try await task.value }
        await provider.server.wait { $0.openConnections == 0 }
    }

    private func failure(
        _ wire: ScriptedEmbeddingWire, retries: Int = 2
    ) async throws -> ProviderError? {
        let embedder = try await embedders.embedder(wire, retries: retries)
        return try await providerError { _ = try await embedder.embed(["a", "b"], as: .passage) }
    }

    private func title(_ wire: ScriptedEmbeddingWire) -> String {
        switch wire {
        case .openAI: "OpenAI"
        case .gemini: "Gemini"
        case .ollama: "Ollama"
        }
    }
}

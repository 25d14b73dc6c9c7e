import Foundation
import LoreCore
import LoreEmbedding
import Testing

@Suite struct LocalEmbedderTests {
    private func embedder(_ name: String = "mean-f32-uncased", threads: Int = 2) throws
        -> LocalEmbedder
    {
        try LocalEmbedder(
            directory: try ModelDirectory(url: Fixtures.tinyModel(name)), threads: threads)
    }

    @Test func `a text has the same vector alone, in company and on any number of threads`()
        async throws
    {
        let texts = (0..<40).map { String(repeating: "the cat is one ", count: $0 % 9) + "\($0)" }
        let together = try await embedder(threads: 3).embed(texts, as: .passage)

        for index in texts.indices {
            let alone = try await embedder(threads: 1).embed([texts[index]], as: .passage)
            #expect(cosine(alone[0], together[index]) > 0.999999, "text \(index)")
        }
    }

    @Test func `a text over the limit is cut there, and marked`() async throws {
        let batch = try await embedder().embed(
            [String(repeating: "a ", count: 62), String(repeating: "a ", count: 63)], as: .passage)

        #expect(batch.tokenCounts == [64, 64])
        #expect(batch.truncated == [false, true])
        #expect(Array(batch[0]) == Array(batch[1]))
    }

    @Test func `no text gives no vector, an empty text has one`() async throws {
        let none = try await embedder().embed([], as: .query)
        let empty = try await embedder().embed([""], as: .query)

        #expect(none.count == 0 && none.dimensions == 32)
        #expect(empty.tokenCounts == [2])
        #expect(abs(cosine(empty[0], empty[0]) - 1) < 1e-6)
    }

    @Test func `the fingerprint tells how vectors are made`() throws {
        let fingerprint = try embedder("mean-f16-accents-short").fingerprint

        #expect(fingerprint.model == "mean-f16-accents-short")
        #expect(fingerprint.digest.utf8.count == 64)
        #expect(fingerprint.dimensions == 20)
        #expect(fingerprint.maxTokens == 12)
        #expect(fingerprint.pooling == "mean")
        #expect(fingerprint.queryPrefix == "the cat: ")
        #expect(fingerprint.passagePrefix == "one ")
    }

    @Test func `the tokenizer counts pieces without the special ones`() throws {
        let tokenizer = try embedder().tokenizer
        let count = Array("hello, world".utf8).withUnsafeBufferPointer(tokenizer.countTokens)

        // hello · , · wo · ##rld
        #expect(count == 4)
        #expect(tokenizer.encode("hello, world", maxTokens: 4).isTruncated)
        #expect(!tokenizer.encode("hello, world", maxTokens: 6).isTruncated)
    }

    @Test(arguments: [
        ("intfloat-e5-small-v2", "query: ", "passage: "),
        ("bge-small-en-v1.5", "Represent this sentence for searching relevant passages: ", ""),
        (
            "snowflake-arctic-embed-s",
            "Represent this sentence for searching relevant passages: ", ""
        ),
        ("gte-small", "", ""),
    ])
    func `families that want prompts get theirs by name`(
        name: String, query: String, passage: String
    ) throws {
        let folder = try CopiedModel("mean-f32-uncased", named: name)
        let fingerprint = try ModelDirectory(url: folder.url).fingerprint

        #expect(fingerprint.queryPrefix == query)
        #expect(fingerprint.passagePrefix == passage)
    }
}

import Foundation
import LoreCore
import LoreEmbedding
import TestSupport
import Testing

/// Against files that the reference made, see `Fixtures/reference.json`.
@Suite struct CrossEncoderTests {
    /// Of a logit's own size, or of 1 where that is more.
    private static let relativeLogit = 1e-4

    private struct Row: Decodable {
        let query: String
        let passage: String
        let ids: [Int32]
        /// Ids of type 0.
        let first: Int
        let logit: Double
    }

    private func crossEncoder(_ name: String, threads: Int = 2) throws -> CrossEncoder {
        try CrossEncoder(
            directory: try ModelDirectory(url: Fixtures.reranker(name)), threads: threads)
    }

    private func rows(_ name: String) throws -> [String: [Row]] {
        let rows: [Row] = try Fixtures.rows(
            Fixtures.reranker(name).appendingPathComponent("golden.jsonl"))
        return Dictionary(grouping: rows, by: \.query)
    }

    @Test(arguments: Fixtures.rerankers)
    func `a pair has the reference's ids and types, cut as it cuts them`(name: String) throws {
        let crossEncoder = try crossEncoder(name)

        for (query, rows) in try rows(name) {
            let pairs = crossEncoder.encode(rows.map(\.passage), for: query)
            for (pair, row) in zip(pairs, rows) {
                #expect(pair.ids == row.ids, "\(query) + \(row.passage)")
                #expect(pair.secondStart == row.first, "\(query) + \(row.passage)")
            }
        }
    }

    @Test(arguments: Fixtures.rerankers)
    func `many passages at once have the reference's logits`(name: String) throws {
        let crossEncoder = try crossEncoder(name)
        let rows = try rows(name)

        #expect(rows.count == 5)
        for (query, rows) in rows {
            let logits = try crossEncoder.logits(of: rows.map(\.passage), for: query)
            #expect(rows.count == 18)
            for (logit, row) in zip(logits, rows) {
                let error = abs(Double(logit) - row.logit)
                #expect(
                    error <= Self.relativeLogit * max(1, abs(row.logit)),
                    "\(logit), not \(row.logit): \(query) + \(row.passage)")
            }
        }
    }

    @Test func `a passage scores the same alone, in company and on any number of threads`() throws {
        let passages = (0..<40).map { String(repeating: "the cat is ", count: $0 % 9) + "\($0)" }
        let together = try crossEncoder("f32-uncased", threads: 3)
            .logits(of: passages, for: "one cat")

        for index in passages.indices {
            let alone = try crossEncoder("f32-uncased", threads: 1)
                .logits(of: [passages[index]], for: "one cat")
            #expect(abs(alone[0] - together[index]) < 1e-5, "passage \(index)")
        }
    }

    @Test func `which text is the query and which the passage matters`() throws {
        let crossEncoder = try crossEncoder("f32-uncased")
        let forth = try crossEncoder.logits(of: ["the cat"], for: "hello one")
        let back = try crossEncoder.logits(of: ["hello one"], for: "the cat")

        #expect(abs(forth[0] - back[0]) > 0.01)
    }

    @Test func `no passage has no score`() throws {
        #expect(try crossEncoder("f32-uncased").logits(of: [], for: "one") == [])
    }

    @Test func `a cross-encoder makes no vectors, and an embedding model judges no passages`()
        throws
    {
        let reranker = try ModelDirectory(url: Fixtures.reranker("f32-uncased"))
        let embedder = try ModelDirectory(url: Fixtures.tinyModel("mean-f32-uncased"))

        #expect(reranker.kind == .reranking && embedder.kind == .embedding)
        #expect(throws: EmbeddingError.wrongKind(model: "f32-uncased", wanted: .embedding)) {
            try LocalEmbedder(directory: reranker, threads: 1)
        }
        #expect(throws: EmbeddingError.wrongKind(model: "mean-f32-uncased", wanted: .reranking)) {
            try CrossEncoder(directory: embedder, threads: 1)
        }
    }
}

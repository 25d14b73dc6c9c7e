import Foundation
import LoreCore
import LoreEmbedding
import LoreLinearAlgebra
import Testing

/// Against files that the reference made, see `Fixtures/reference.json`.
@Suite struct GoldenTests {
    private static let leastCosine: Float = 0.99999

    private struct Row: Decodable {
        let text: String
        let ids: [Int32]
    }

    private struct TinyRow: Decodable {
        let text: String
        let role: String
        let ids: [Int32]
        let vector: [Float]
    }

    private func goldenVectors(dimensions: Int) throws -> [[Float]] {
        let data = try Data(contentsOf: Fixtures.folder.appendingPathComponent("minilm.f16"))
        let count = data.count / 2
        let matrix = Matrix(rows: count / dimensions, columns: dimensions)
        data.withUnsafeBytes { bytes in
            let halves = bytes.bindMemory(to: UInt16.self)
            guard let start = halves.baseAddress else { return }
            Kernels.widen(half: start, count: count, into: matrix.base)
        }
        return (0..<matrix.rows).map { row in
            _ = Kernels.normalize(matrix.row(row))
            return Array(matrix.row(row))
        }
    }

    @Test func `token ids of all golden texts equal the reference tokenizer's`() throws {
        let directory = try Fixtures.minilm()
        let tokenizer = try directory.tokenizer()
        let rows: [Row] = try Fixtures.rows(Fixtures.folder.appendingPathComponent("minilm.jsonl"))

        #expect(rows.count >= 500)
        for (index, row) in rows.enumerated() {
            let encoding = tokenizer.encode(row.text, maxTokens: directory.maxTokens)
            #expect(encoding.ids == row.ids, "text \(index)")
        }
    }

    @Test func `vectors of all golden texts equal sentence-transformers'`() async throws {
        let directory = try Fixtures.minilm()
        let embedder = try LocalEmbedder(directory: directory, threads: 2)
        let rows: [Row] = try Fixtures.rows(Fixtures.folder.appendingPathComponent("minilm.jsonl"))
        let golden = try goldenVectors(dimensions: directory.dimensions)

        let batch = try await embedder.embed(rows.map(\.text), as: .passage)

        #expect(golden.count == rows.count)
        for index in rows.indices {
            #expect(cosine(batch[index], golden[index]) >= Self.leastCosine, "text \(index)")
            #expect(batch.tokenCounts[index] == rows[index].ids.count, "text \(index)")
        }
    }

    @Test(arguments: Fixtures.tinyModels)
    func `a tiny model of each layout gives the reference's ids and vectors`(
        name: String
    ) async throws {
        let directory = try ModelDirectory(url: Fixtures.tinyModel(name))
        let embedder = try LocalEmbedder(directory: directory, threads: 2)
        let rows: [TinyRow] = try Fixtures.rows(
            directory.url.appendingPathComponent("golden.jsonl"))

        #expect(rows.count >= 13)
        for role in EmbeddingRole.allCases {
            let mine = rows.filter { $0.role == role.rawValue }
            let batch = try await embedder.embed(mine.map(\.text), as: role)
            for (index, row) in mine.enumerated() {
                let print = directory.fingerprint
                let prefix = role == .query ? print.queryPrefix : print.passagePrefix
                let encoding = embedder.tokenizer.encode(
                    prefix + row.text, maxTokens: directory.maxTokens)
                #expect(encoding.ids == row.ids, "\(role) \(row.text)")
                #expect(
                    cosine(batch[index], row.vector) >= Self.leastCosine, "\(role) \(row.text)")
            }
        }
    }
}

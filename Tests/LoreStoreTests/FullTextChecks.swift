import GRDB
import LoreCore
import LoreStore

/// Weights of one: what the tests of matching need.
let plainBM25 = BM25(
    k1: 1.2, b: 0.75, titleWeight: 1, headingWeight: 1, bodyWeight: 1, compoundWeight: 1)

extension LexicalMatches {
    var chunks: [LexicalCandidate] { chunks(best: 1000) }
    var documents: [LexicalCandidate] { documents(best: 1000) }
}

extension TestStore {
    /// The texts of the chunks that `query` finds, best first.
    func found(_ query: String) throws -> [String] {
        try store.read { reader in
            let matches = try reader.lexicalMatches(query, scoredBy: plainBM25)
            return try reader.chunks(rows: matches.chunks.map(\.row)).map(\.chunk.text)
        }
    }

    /// Throws where the full-text index is not exactly that of the chunks, or a key points nowhere.
    func checkFullText() throws {
        try store.write { database in
            try database.execute(
                sql: "INSERT INTO chunks_fts(chunks_fts, rank) VALUES ('integrity-check', 1)")
            try database.checkForeignKeys()
        }
    }
}

extension TestStore {
    /// Rows of `table`.
    func count(_ table: String) throws -> Int {
        try store.write { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// The vectors of `fingerprint`, by the row of their chunk.
    func load(_ fingerprint: EmbeddingFingerprint) throws -> [Int64: [Float]] {
        try store.read { reader in
            var pairs: [(text: Int64, chunk: Int64)] = []
            try reader.forEachTextOfChunk { pairs.append(($0, $1)) }
            var vectors: [Int64: [Float]] = [:]
            try reader.forEachVector(of: pairs.map(\.text), madeBy: fingerprint) {
                vectors[pairs[$0].chunk] = $1
            }
            return vectors
        }
    }
}

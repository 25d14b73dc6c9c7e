import Foundation
import GRDB
import LoreCore
import LoreStore
import TestSupport
import Testing

@Suite struct BM25Tests {
    /// Three chunks of 2, 3 and 4 tokens (title included), mean 3; "pear" stands in two of them.
    ///
    /// idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6 = 0.470004.
    /// 1: tf 1, norm 1.2 × (0.25 + 0.75 × 2/3) = 0.9; score 0.470004 × 2.2 / 1.9 = 0.544215.
    /// 3: tf 2, norm 1.2 × (0.25 + 0.75 × 4/3) = 1.5; score 0.470004 × 4.4 / 3.5 = 0.590862.
    @Test func `a chunk scores as worked out by hand`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear", "plum fig", "pear fig pear")
        let matches = try test.store.read {
            try $0.lexicalMatches("pear", scoredBy: plainBM25)
        }
        #expect(matches.chunks.count == 2)
        #expect(abs(matches.chunks[0].score - 0.590862) < 1e-6)
        #expect(abs(matches.chunks[1].score - 0.544215) < 1e-6)
        #expect(matches.terms.map(\.chunks) == [2])
        #expect(matches.terms.map(\.documents) == [1])
    }

    /// Two notes with bodies of 3 and 1 tokens, mean 2; "pear" stands in one title and one body.
    ///
    /// idf = ln(1 + (2 - 2 + 0.5) / (2 + 0.5)) = ln 1.2 = 0.182322.
    /// a: tf 2 (body 1 in each of two chunks), norm 1.2 × (0.25 + 0.75 × 3/2) = 1.65;
    /// score 0.182322 × 4.4 / 3.65 = 0.219785.
    /// b: tf 3 (title, once, of weight 3), norm 1.2 × (0.25 + 0.75 × 1/2) = 0.75;
    /// score 0.182322 × 6.6 / 3.75 = 0.320886.
    @Test func `a note scores as one text`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear fig", "pear")
        try test.write("b.md", title: "Pear", "fig")
        let bm25 = BM25(
            k1: 1.2, b: 0.75, titleWeight: 3, headingWeight: 1, bodyWeight: 1, compoundWeight: 1)
        let matches = try test.store.read {
            try $0.lexicalMatches("pear", scoredBy: bm25)
        }
        let rows = try ["b.md", "a.md"].map { try test.chunks(of: $0)[0].documentRow }
        #expect(matches.documents.map(\.row) == rows)
        #expect(abs(matches.documents[0].score - 0.320886) < 1e-6)
        #expect(abs(matches.documents[1].score - 0.219785) < 1e-6)
    }

    /// FTS5's own formula differs in the inverse frequency alone, which a single rare term makes a
    /// constant factor.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `scores of a rare term are in proportion to FTS5's`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let test = try TestStore()
        let words = (0..<30).map { "w\($0)" } + ["pear"]
        for index in 0..<60 {
            let texts = (0..<3).map { _ in
                let count = Int.random(in: 1...40, using: &random)
                return (0..<count).map { _ in words.randomElement(using: &random) ?? "" }
                    .joined(separator: " ")
            }
            // Chunks that go and come leave gaps between the rows.
            try test.write("\(index).md", title: "T", (texts + ["pear"]).map { ([], $0) })
            try test.write("\(index).md", title: "T", [([], "new")] + texts.map { ([], $0) })
        }
        let bm25 = BM25(
            k1: 1.2, b: 0.75, titleWeight: 2, headingWeight: 3, bodyWeight: 1, compoundWeight: 1)
        let ours = try test.store.read {
            try $0.lexicalMatches("pear", scoredBy: bm25)
        }.chunks
        let theirs = try test.builtInScores("pear")

        #expect(ours.count == theirs.count && ours.count > 20, "seed \(seed)")
        let ratios = ours.map { $0.score / (theirs[$0.row] ?? 0) }
        #expect((ratios.max() ?? 0) / (ratios.min() ?? 1) - 1 < 1e-9, "seed \(seed)")
    }
}

extension TestStore {
    /// What FTS5 itself scores, positive, by row.
    fileprivate func builtInScores(_ word: String) throws -> [Int64: Double] {
        try store.write { database in
            let sql = """
                SELECT rowid, -bm25(chunks_fts, 2, 3, 1) AS score FROM chunks_fts
                WHERE chunks_fts MATCH ?
                """
            let rows = try Row.fetchAll(database, sql: sql, arguments: ["\"\(word)\""])
            return Dictionary(uniqueKeysWithValues: rows.map { ($0["rowid"], $0["score"]) })
        }
    }
}

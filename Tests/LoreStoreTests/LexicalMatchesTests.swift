import Foundation
import LoreCore
import LoreStore
import TestSupport
import Testing

/// What the words of a query find.
@Suite struct LexicalMatchesTests {
    @Test(arguments: [
        ("apples", ["Apple pie"]),
        ("the PIE", ["Apple pie"]),
        ("creme brulee", ["Crème brûlée"]),
        ("日本", ["昨日、日本語を勉強した"]),
        ("語を勉", ["昨日、日本語を勉強した"]),
        ("本日", []),
        ("한국", ["나는 한국어를 배운다"]),
        ("1.0.21", ["fixed in 1.0.21 today"]),
        ("section", ["fixed in 1.0.21 today"]),
        ("nothing", []),
    ])
    func `words are found as people write them`(query: String, expected: [String]) throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "Apple pie", "Crème brûlée", "昨日、日本語を勉強した")
        try test.write("b.md", title: "T", "나는 한국어를 배운다")
        try test.write("c.md", title: "T", [(["A section"], "fixed in 1.0.21 today")])

        #expect(try test.found(query) == expected)
    }

    @Test func `a compound found whole comes before its parts`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "bar then foo", "a foo-bar it is", "foo then bar")

        #expect(try test.found("foo-bar").first == "a foo-bar it is")
        #expect(try test.terms("foo-bar") == ["foo", "bar", "foo bar"])
    }

    @Test(arguments: [
        ("what's the API key?", ["API", "key"]),
        ("to be or not to be", ["to", "be", "or", "not"]),
        ("run running RUNS", ["run"]),
        ("don't", ["don", "t"]),
        ("日本語", ["日 本", "本 語"]),
        ("本", ["本"]),
        ("a\u{3000}key—chain", ["key", "chain"]),
        ("AND OR NEAR(x y) title:z", ["NEAR", "x", "y", "title", "z", "NEAR x", "title z"]),
    ])
    func `a query becomes terms`(query: String, expected: [String]) throws {
        #expect(try TestStore().terms(query) == expected)
    }

    @Test func `a long query is cut at 64 distinct terms`() throws {
        let test = try TestStore()
        try test.write("a.md", "w0 w1 w2")
        let query = (0..<20_000).map { "w\($0)" }.joined(separator: " ")

        let terms = try test.terms(query)
        #expect(query.utf8.count > 100_000)
        #expect(terms == (0..<64).map { "w\($0)" })
    }

    @Test(arguments: [
        "", " ", "\"", "\"\"\"", "*", "^", "-", "(", ")", "NEAR(", "a AND", "OR", "NOT", "{a b}:c",
        "a\u{0}b", "\u{0}", "'; DROP TABLE chunks; --", "title:", "+ + +", "a*", "\\", "?!.,;",
        "a \" b", "“quoted”", "\u{FFFD}", "e\u{301}", "🙂", "-a -b", "NEAR(a b, 5)", "a:b:c",
    ])
    func `no query is syntax`(query: String) throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "plain text")
        #expect(try test.found(query).isEmpty)
    }

    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func `random bytes of syntax never fail`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let test = try TestStore()
        try test.write("a.md", "near and or not a b c 日本語 title body")
        let parts = [
            "\"", "'", "*", "^", "-", "+", "(", ")", "{", "}", ":", ",", " ", "NEAR", "AND", "OR",
            "NOT", "a", "b", "\u{0}", "日", "本", "é", "\u{301}", "\n", "🙂", "1", ".", "title",
        ]
        for _ in 0..<300 {
            let count = Int.random(in: 1...12, using: &random)
            let query = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
            #expect(throws: Never.self, "\(query.debugDescription), seed \(seed)") {
                try test.found(query)
            }
        }
    }

    @Test func `monstrous queries end`() throws {
        let test = try TestStore()
        try test.write("a.md", "a b c 日本語")
        for query in ["a-", "\"", "日本", "a", "( ", "ab "] {
            let long = String(repeating: query, count: 100_000 / query.utf8.count + 1)
            #expect(throws: Never.self) { try test.found(long) }
        }
    }

    @Test func `equal scores are ordered by row`() throws {
        let test = try TestStore()
        try test.write("a.md", "same", "same", "same")
        let matches = try test.matches("same")

        #expect(matches.chunks.map(\.row) == matches.chunks.map(\.row).sorted())
        #expect(Set(matches.chunks.map(\.score)).count == 1)
    }

    @Test func `no score reaches its ceiling`() throws {
        let test = try TestStore()
        let pears = String(repeating: "pear ", count: 500)
        try test.write("a.md", title: "Pear plum", pears + "plum", "pear plum", "fig")
        let matches = try test.matches("pear plum missing")

        #expect(matches.terms.map(\.chunks) == [3, 3, 0])
        #expect(matches.chunks.allSatisfy { 0 < $0.score && $0.score < matches.chunkCeiling })
        #expect(matches.documents.allSatisfy { 0 < $0.score && $0.score < matches.documentCeiling })
        #expect(matches.chunks.map(\.matchedTerms) == [2, 2, 2])
    }

    @Test func `terms that stand nowhere are named all the same`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear")
        let matches = try test.matches("plum")

        #expect(matches.chunks.isEmpty && matches.documents.isEmpty)
        #expect(matches.terms.map(\.text) == ["plum"])
        #expect(matches.terms.map(\.chunks) == [0])
        #expect(matches.terms[0].chunkWeight > 0)
        // 0 of 1: ln(1 + 1.5 / 0.5)
        #expect(abs(matches.unseenWeight - 1.386294) < 1e-6)
        #expect(matches.unseenWeight == matches.terms[0].chunkWeight)
        #expect(try test.matches("pear").unseenWeight == matches.unseenWeight)
    }

    @Test func `the limit keeps the best`() throws {
        let test = try TestStore()
        try test.write("a.md", title: "T", "pear plum", "pear", "plum other words", "pear pear")
        let all = try test.matches("pear")
        #expect(all.chunks.count == 3)
        #expect(all.chunks(best: 2) == Array(all.chunks.prefix(2)))
    }
}

extension TestStore {
    fileprivate func matches(_ query: String) throws -> LexicalMatches {
        try store.read { try $0.lexicalMatches(query, scoredBy: plainBM25) }
    }

    /// The terms that `query` is looked for by.
    fileprivate func terms(_ query: String) throws -> [String] {
        try matches(query).terms.map(\.text)
    }
}

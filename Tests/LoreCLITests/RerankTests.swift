import Foundation
import TestSupport
import Testing

/// Search with a cross-encoder; both models are tiny and of random weights.
@Suite struct RerankTests {
    private let place: Workplace
    private static let fixtures = TestModel.repository.appending(
        path: "Tests/LoreEmbeddingTests/Fixtures")

    init() throws {
        place = try Workplace()
        try importModel("models/mean-f32-uncased", as: "vectors")
        try importModel("rerankers/f32-uncased", as: "judge")
        for number in 0..<40 {
            try place.write(
                "# Note \(number)\n\nThe cat number \(number) sat on \(number * 7).\n",
                to: "n\(number).md")
        }
        let indexed = try place.run("index", "--model", "vectors", place.notes)
        try #require(indexed.status == 0, "\(indexed.error)")
    }

    private func importModel(_ folder: String, as name: String) throws {
        let imported = try place.run(
            "models", "import", Self.fixtures.appending(path: folder).path, "--name", name)
        try #require(imported.status == 0, "\(imported.error)")
    }

    private struct Hit: Equatable {
        let path: String
        let score: Double
        let signals: [String]
    }

    private func hits(_ arguments: [String], setting: String = "auto") throws -> [Hit] {
        let result = try place.lore.run(
            shell: "LORE_RERANK=\(setting) exec \"$0\" \"$@\"",
            ["search", "a cat on 21", "--json", "--explain"] + arguments)
        try #require(result.status == 0, "\(result.error)")
        return try (result.json["hits"] as? [[String: Any]] ?? []).map { hit in
            let parts = try #require(hit["explanation"] as? [[String: Any]])
            let score = try #require(hit["score"] as? Double)
            let sum = parts.compactMap { $0["contribution"] as? Double }.reduce(0, +)
            #expect(abs(sum - score) < 1e-9)
            return Hit(
                path: hit["path"] as? String ?? "", score: score,
                signals: parts.compactMap { $0["signal"] as? String })
        }
    }

    @Test(arguments: ["hybrid", "semantic"])
    func `an installed reranker is used, explained, and can be switched off`(mode: String) throws {
        let judged = try hits(["--mode", mode, "-n", "40"])
        let plain = try hits(["--mode", mode, "-n", "40"], setting: "off")

        #expect(judged.count == 40 && plain.count == 40)
        #expect(judged.allSatisfy { $0.signals.last == "rerank" })
        #expect(plain.allSatisfy { !$0.signals.contains("rerank") })
        #expect(judged.prefix(30).map(\.path) != plain.prefix(30).map(\.path))
        #expect(Set(judged.prefix(30).map(\.path)) == Set(plain.prefix(30).map(\.path)))
        #expect(judged.suffix(10).map(\.path) == plain.suffix(10).map(\.path))
    }

    @Test func `a short result is the start of a long one`() throws {
        let long = try hits(["-n", "40"])

        for limit in [1, 5, 35] {
            #expect(try hits(["-n", "\(limit)"]) == Array(long.prefix(limit)))
        }
    }

    @Test func `words alone are not reranked`() throws {
        let hits = try hits(["--mode", "lexical"])

        #expect(!hits.isEmpty && hits.allSatisfy { !$0.signals.contains("rerank") })
    }

    @Test func `of several none is used until one is named`() throws {
        try importModel("rerankers/f16-cased-list-short", as: "other")
        let search = try place.run("search", "a cat", "--json", "--explain")
        let named = try hits([], setting: "other")

        #expect(search.status == 0)
        #expect(
            search.error.contains(
                "several models could rerank (judge, other), so none does; "
                    + "set rerank to one of them, or to off"))
        #expect(!search.text.contains("\"rerank\""))
        #expect(named.allSatisfy { $0.signals.last == "rerank" })
    }

    @Test(arguments: [
        (
            "nonesuch", Int32(3),
            "no reranking model is called 'nonesuch' (installed: judge); import one with "
                + "`lore models import PATH`, or set rerank to auto or off"
        ),
        (
            "vectors", Int32(2),
            "the model 'vectors' makes vectors; it judges no passages; `lore models list` says "
                + "what each is for; this one must be for reranking"
        ),
    ])
    func `a name that is no reranker is refused`(
        name: String, status: Int32, words: String
    ) throws {
        try place.folder.write("rerank: \(name)\n", to: "config/lore/config.yaml")

        let search = try place.run("search", "a cat")

        #expect(search.status == status)
        #expect(search.error.contains(words), "\(search.error)")
        #expect(try place.run("search", "--mode", "lexical", "cat").status == 0)
    }

    @Test func `a reranker is refused as embedding model, and listed as what it is`() throws {
        let list = try place.run("models", "list", "--json").json["models"] as? [[String: Any]]
        let index = try place.run("index", "--model", "judge")
        let embed = try place.lore.run(
            shell: "LORE_EMBEDDING_MODEL=judge exec \"$0\" embed cat", [])

        #expect(list?.map { $0["kind"] as? String } == ["reranking", "embedding"])
        for result in [index, embed] {
            #expect(result.status == 2)
            #expect(
                result.error.contains("the model 'judge' judges passages; it makes no vectors"))
        }
    }

    @Test func `an evaluation ranks as the search does`() throws {
        let documents = (0..<40).map {
            #"{"_id": "d\#($0)", "title": "Note \#($0)", "text": "The cat \#($0) sat on \#($0 * 7)."}"#
        }
        try place.folder.write(documents.joined(separator: "\n"), to: "set/corpus.jsonl")
        try place.folder.write(#"{"_id": "q", "text": "a cat on 21"}"#, to: "set/queries.jsonl")
        try place.folder.write(
            "query-id\tcorpus-id\tscore\nq\td3\t1\n", to: "set/qrels/test.tsv")
        let rankings = try ["auto", "off"].map { setting in
            let run = place.folder.path + "/\(setting).txt"
            let result = try place.lore.run(
                shell: "LORE_RERANK=\(setting) LORE_EMBEDDING_MODEL=vectors exec \"$0\" \"$@\"",
                ["eval", place.folder.path + "/set", "--mode", "hybrid", "--run", run])
            #expect(result.status == 0, "\(result.error)")
            return try String(contentsOfFile: run, encoding: .utf8).split(separator: "\n").map {
                String($0.split(separator: " ")[2])
            }
        }

        #expect(rankings[0].count == 40 && rankings[1].count == 40)
        #expect(rankings[0].prefix(30) != rankings[1].prefix(30))
        #expect(rankings[0].suffix(10) == rankings[1].suffix(10))
    }
}

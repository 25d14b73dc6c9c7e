import Foundation
import TestSupport
import Testing

@Suite struct EvalBaselineTests {
    /// Each of three questions has one relevant document, which words alone find first.
    private func writeSet(_ place: Workplace) throws -> String {
        let documents = [
            ("d1", "The boiler was serviced on 3 March."), ("my notes/d 2.md", "Flour and salt."),
            ("d3", "Wait two seconds, then double the delay."),
        ].map { #"{"_id": "\#($0)", "title": "", "text": "\#($1)"}"# }
        let questions = [
            ("q1", "boiler serviced"), ("q2", "flour salt"), ("q3", "double the delay"),
            ("q4", "chess"),
        ].map { #"{"_id": "\#($0)", "text": "\#($1)"}"# }
        try place.folder.write(documents.joined(separator: "\n"), to: "set/corpus.jsonl")
        try place.folder.write(questions.joined(separator: "\n"), to: "set/queries.jsonl")
        try place.folder.write(
            "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\tmy notes/d 2.md\t1\nq3\td3\t1\n",
            to: "set/qrels/test.tsv")
        return place.folder.path + "/set"
    }

    /// The first question as lore has it, the second with another document before, the third not
    /// at all.
    private let worse = """
        q1 Q0 d1 1 9 other
        q2 Q0 d1 1 5.5 other
        q2 Q0 my notes/d 2.md 2 5 other

        q4 Q0 d1 1 1 other

        """

    private func compare(
        _ place: Workplace, with run: String, _ more: String...
    ) throws -> BuiltBinary.Result {
        let set = try writeSet(place)
        let file = try place.folder.write(run, to: "other.run").path
        return try place.lore.run(
            ["eval", set, "--mode", "lexical", "--baseline", file] + more, input: "")
    }

    @Test func `figures stand above their intervals, and the comparison below`() throws {
        let place = try Workplace()

        let shown = try compare(place, with: worse)

        // nDCG differs by 0, 1 − 1/log2(3) = 0.3691 and 1. A draw of three has any one of them
        // alone with chance 1/27, so the interval has all. Half of the four patterns are as far.
        #expect(
            shown.text == """
                set: 3 documents, 3 questions
                           nDCG@10         recall@10       recall@100      MRR@10
                lexical    1.0000          1.0000          1.0000          1.0000
                           [1.000, 1.000]  [1.000, 1.000]  [1.000, 1.000]  [1.000, 1.000]

                compared with \(place.folder.path)/other.run
                           lexical   baseline  difference                  p        wins  ties  losses
                nDCG@10    1.0000    0.5436    +0.4564 [+0.000, +1.000]    0.5000   2     1     0
                recall@10  1.0000    0.6667    +0.3333 [+0.000, +1.000]    1.0000   1     2     0
                recall@100 1.0000    0.6667    +0.3333 [+0.000, +1.000]    1.0000   1     2     0
                MRR@10     1.0000    0.5000    +0.5000 [+0.000, +1.000]    0.5000   2     1     0

                """)
        #expect(
            shown.error.contains("other.run' ranks nothing for 1 of 3 questions; they count as 0"))
        #expect(shown.status == 0)
    }

    @Test func `in JSON intervals and comparison stand beside the modes`() throws {
        let report = try compare(try Workplace(), with: worse, "--json")

        let intervals = try #require(report.json["intervals"] as? [String: [String: [Double]]])
        #expect(
            intervals == [
                "lexical": [
                    "ndcg@10": [1, 1], "recall@10": [1, 1], "recall@100": [1, 1], "mrr@10": [1, 1],
                ]
            ])
        let comparison = try #require(report.json["comparison"] as? [String: Any])
        #expect(comparison["mode"] as? String == "lexical")
        #expect(comparison["unranked"] as? Int == 1)
        let figures = try #require(comparison["figures"] as? [String: [String: Any]])
        #expect(figures.count == 4)
        let mrr = try #require(figures["mrr@10"])
        #expect(mrr["interval"] as? [Double] == [0, 1])
        #expect(mrr["difference"] as? Double == 0.5)
        #expect(mrr["p"] as? Double == 0.5)
        #expect(["wins", "ties", "losses"].map { mrr[$0] as? Int } == [2, 1, 0])
    }

    @Test func `a run of lore's own is as good as itself, whatever its paths hold`() throws {
        let place = try Workplace()
        let set = try writeSet(place)
        let run = place.folder.path + "/own.run"
        try place.run("eval", set, "--mode", "lexical", "--run", run)

        let report = try place.run("eval", set, "--mode", "lexical", "--baseline", run, "--json")

        let comparison = try #require(
            report.json["comparison"] as? [String: Any], "\(report.error)")
        #expect(comparison["unranked"] as? Int == 0)
        let figures = try #require(comparison["figures"] as? [String: [String: Any]])
        for (name, figure) in figures {
            #expect(figure["difference"] as? Double == 0, "\(name)")
            #expect(figure["ties"] as? Int == 3, "\(name)")
            #expect(figure["p"] as? Double == 1, "\(name)")
        }
    }

    @Test(
        arguments: [
            ("", "' ranks for no question that the set judges"),
            ("q4 Q0 d1 1 1 other\n", "' ranks for no question that the set judges"),
            (
                "q1 Q0 d1 1 1 other\n\nx9 Q0 d1 1 1 other\n",
                "' ranks for the question 'x9', which the set does not have"
            ),
            ("q1 Q0 e1 1 1 other\n", "' ranks no document of the set"),
            (
                "q1 Q0 d1 1 1 other\nq1 Q0 d3 2 half other\n",
                "' cannot be used: its score is 'half', not a number"
            ),
            (
                #"{"set": "corpus"}"#,
                "' cannot be used: it has 2 of the six fields: question, Q0, document, rank, score, name"
            ),
            (
                "q1 Q0 d1 1 1 other\nq1 Q0 d1 2 0.5 other\n",
                "' cannot be used: 'd1' stands twice for the question 'q1'"
            ),
        ])
    func `a baseline of another kind or set is refused`(run: String, message: String) throws {
        let place = try Workplace()

        let refused = try compare(place, with: run)

        #expect(refused.status == 2)
        #expect(refused.error.contains(place.folder.path + "/other.run" + message))
        #expect(refused.output.isEmpty)
    }

    @Test func `the line at fault is named, blank ones counted, and what to do`() throws {
        let other = try compare(
            try Workplace(), with: "q1 Q0 d1 1 1 other\n\nx9 Q0 d1 1 1 other\n")
        let malformed = try compare(try Workplace(), with: "\nq1 Q0 d1\n")

        #expect(other.error.contains("line 3 of '"))
        #expect(other.error.contains("compare with a run over the same set"))
        #expect(malformed.error.contains("line 2 of '"))
        #expect(malformed.error.contains("a TREC run, as `lore eval FOLDER --run FILE` writes it"))
    }

    @Test func `a baseline that is not there is refused before anything is indexed`() throws {
        let place = try Workplace()
        let set = try writeSet(place)

        let refused = try place.run("eval", set, "--baseline", place.folder.path + "/none.run")

        #expect(refused.status == 2)
        #expect(refused.error.contains("cannot read '\(place.folder.path)/none.run': "))
        let cache = place.folder.url.appending(path: "cache").path
        #expect(!FileManager.default.fileExists(atPath: cache))
    }
}

import Foundation
import TestSupport
import Testing

@Suite struct EvalCommandTests {
    /// Three documents, three judged questions and one that nothing answers.
    private func writeSet(_ place: Workplace) throws -> String {
        let documents = [
            ("d1", "Boiler", "The boiler was serviced on 3 March."),
            ("d2", "Bread", "Flour, water and salt. Bake at 240 degrees."),
            ("d3", "Retries", "Wait two seconds, then double the delay."),
        ].map { #"{"_id": "\#($0)", "title": "\#($1)", "text": "\#($2)"}"# }
        let questions = [
            #"{"_id": "q1", "text": "boiler serviced", "metadata": {"answers": ["3 March"], "answerable": true}}"#,
            #"{"_id": "q2", "text": "bake bread at how many degrees", "metadata": {"answers": ["240"]}}"#,
            #"{"_id": "q3", "text": "double the delay"}"#,
            #"{"_id": "q4", "text": "chess olympiad winner", "metadata": {"answerable": false}}"#,
        ]
        try place.folder.write(documents.joined(separator: "\n"), to: "set/corpus.jsonl")
        try place.folder.write(questions.joined(separator: "\n") + "\n", to: "set/queries.jsonl")
        try place.folder.write(
            "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\nq3\td3\t2\n",
            to: "set/qrels/test.tsv")
        return place.folder.path + "/set"
    }

    @Test func `a set whose documents are all found first has figures of one`() throws {
        let place = try Workplace()
        let set = try writeSet(place)
        let run = place.folder.path + "/run.txt"

        let report = try place.run("eval", set, "--mode", "lexical", "--run", run, "--json")

        #expect(report.status == 0, "\(report.error)")
        let modes = try #require(report.json["modes"] as? [String: [String: Double]])
        #expect(modes == ["lexical": ["ndcg@10": 1, "recall@10": 1, "recall@100": 1, "mrr@10": 1]])
        #expect(report.json["queries"] as? Int == 3)
        let lines = try String(contentsOfFile: run, encoding: .utf8).split(separator: "\n")
        #expect(lines.first?.hasPrefix("q1 Q0 d1 1 ") == true)
    }

    @Test func `answers are recorded and counted, and refusals too`() throws {
        let place = try Workplace(hasModel: true)
        let set = try writeSet(place)
        let answers = place.folder.path + "/answers.jsonl"

        let report = try place.run("eval", set, "--answers", answers, "--json")

        let counted = try #require(report.json["answers"] as? [String: Double], "\(report.error)")
        #expect(counted == ["questions": 2, "first_sentence": 1, "three_sentences": 1])
        let refusal = try #require(report.json["refusal"] as? [String: Double])
        #expect(refusal["unanswerable"] == 1)
        #expect(refusal["refused_of_unanswerable"] == 1)
        let lines = try String(contentsOfFile: answers, encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].contains(#""_id":"q1""#))
        #expect(lines[3].contains(#""state":"not_found""#))
    }

    /// "often" stands in no document; what the boiler was asked before leads to d1.
    @Test func `turns of conversations are found by their own words and as they stand alone`()
        throws
    {
        let place = try Workplace()
        let set = try writeSet(place)
        let questions = [
            #"{"_id": "q1", "text": "boiler serviced", "metadata": {"history": []}}"#,
            #"{"_id": "q2", "text": "And how often?", "metadata": {"history": [{"speaker": "user", "text": "boiler serviced"}, {"speaker": "agent", "text": "On 3 March."}]}}"#,
        ]
        try place.folder.write(questions.joined(separator: "\n"), to: "set/queries.jsonl")
        try place.folder.write(
            "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td1\t1\n", to: "set/qrels/test.tsv")

        let report = try place.run("eval", set, "--mode", "lexical", "--json")
        let table = try place.run("eval", set, "--mode", "lexical")

        let followUp = try #require(report.json["follow_up"] as? [String: Double])
        #expect(followUp == ["turns": 1, "last_turn": 0, "standalone": 1])
        let modes = try #require(report.json["modes"] as? [String: [String: Double]])
        #expect(modes["lexical"]?["recall@10"] == 1)
        #expect(
            table.text.contains(
                "follow-ups (1): recall@10 0.0000 by their own words, 1.0000 standing alone"))
    }

    @Test func `a set without conversations has no follow-ups`() throws {
        let place = try Workplace()

        let report = try place.run("eval", try writeSet(place), "--mode", "lexical", "--json")

        #expect(report.json["follow_up"] == nil)
    }

    @Test func `the user's own index is not touched`() throws {
        let place = try Workplace()

        try place.run("eval", try writeSet(place))

        #expect(!FileManager.default.fileExists(atPath: place.database))
    }

    @Test func `a set that changed is read anew`() throws {
        let place = try Workplace()
        let set = try writeSet(place)
        try place.run("eval", set)
        try place.folder.write(
            #"{"_id": "d1", "title": "Boiler", "text": "The boiler was serviced on 3 March."}"#,
            to: "set/corpus.jsonl")

        let report = try place.run("eval", set, "--json")

        #expect(report.json["documents"] as? Int == 1)
    }

    @Test func `a folder without judgements, or with a broken line, is told what is wrong`() throws
    {
        let place = try Workplace()
        let set = try writeSet(place)
        try place.folder.write("{\"_id\": 3}\n", to: "set/queries.jsonl")
        let broken = try place.run("eval", set)
        try FileManager.default.removeItem(atPath: set + "/qrels")
        try FileManager.default.removeItem(atPath: set + "/queries.jsonl")
        let empty = try place.run("eval", set)

        #expect(broken.status == 2)
        #expect(broken.error.contains("line 1 of"))
        #expect(empty.status == 2)
        #expect(empty.error.contains("holds no queries.jsonl"))
    }
}

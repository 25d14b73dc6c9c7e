import Foundation
import TestSupport
import Testing

@Suite struct DryRunTests {
    private func plan(_ result: BuiltBinary.Result) -> [String: String] {
        let entries = result.json["plan"] as? [[String: Any]] ?? []
        return Dictionary(
            uniqueKeysWithValues: entries.map {
                ($0["path"] as? String ?? "", $0["change"] as? String ?? "")
            })
    }

    private func counts(_ result: BuiltBinary.Result) -> [String: Int] {
        result.json.compactMapValues { $0 as? Int }.filter { $0.key != "took_ms" }
    }

    @Test func `a folder that is not registered is planned, and no index is made`() throws {
        let place = try Workplace()
        try place.write("# A\n\nalpha\n", to: "a.md")

        let result = try place.run("index", place.notes, "--dry-run", "--json")

        #expect(result.status == 0, "\(result.error)")
        #expect(plan(result) == ["a.md": "added"])
        #expect(!FileManager.default.fileExists(atPath: place.database))
        #expect(try place.run("index", "--dry-run").status == 2)
    }

    @Test func `a plan counts what the run then does, and writes nothing`() throws {
        let place = try Workplace(hasModel: true)
        for name in ["kept", "edited", "renamed", "removed"] {
            try place.write("# \(name)\n\nThe word of \(name).\n", to: name + ".md")
        }
        try place.run("index", place.notes)
        try place.write("# edited\n\nAnother word.\n", to: "edited.md")
        try FileManager.default.moveItem(
            atPath: place.notes + "/renamed.md", toPath: place.notes + "/under/renamed.md",
            makingFolder: true)
        try FileManager.default.removeItem(atPath: place.notes + "/removed.md")
        try place.write("# new\n\nBrand new.\n", to: "new.md")
        let before = try Data(contentsOf: URL(fileURLWithPath: place.database))

        let planned = try place.run("index", "--dry-run", "--json")

        #expect(
            plan(planned) == [
                "edited.md": "changed", "under/renamed.md": "moved", "removed.md": "deleted",
                "new.md": "added",
            ])
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.database)) == before)
        #expect(counts(planned) == counts(try place.run("index", "--json")))
    }

    @Test func `tokens are those of the texts that have no vector yet`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# A\n\none two three\n", to: "a.md")
        try place.write("# A\n\none two three\n", to: "copy.md")

        let result = try place.run("index", place.notes, "--dry-run", "--json")

        // [CLS] a # a one two three [SEP]: the text once, with its title before it.
        let tokens = (result.json["plan"] as? [[String: Any]] ?? []).map { $0["tokens"] as? Int }
        #expect(tokens == [8, 0])
        #expect(result.json["embedded"] as? Int == 1)
    }

    @Test func `the plain plan is a table and a line of totals`() throws {
        let place = try Workplace()
        try place.write("# A\n\nalpha\n", to: "a.md")

        let result = try place.run("index", place.notes, "--dry-run")

        #expect(
            result.text == """
                added    1 chunk        0 tokens       a.md
                1 added; 1 chunk, 0 tokens to embed; nothing was written

                """)
    }

    @Test func `a plan and a watch exclude each other`() throws {
        let result = try Workplace().run("index", "--dry-run", "--watch")
        #expect(result.status == 2)
        #expect(result.error.contains("--watch and --dry-run exclude each other"))
    }
}

extension FileManager {
    fileprivate func moveItem(atPath path: String, toPath target: String, makingFolder: Bool) throws
    {
        try createDirectory(
            at: URL(fileURLWithPath: target).deletingLastPathComponent(),
            withIntermediateDirectories: makingFolder)
        try moveItem(atPath: path, toPath: target)
    }
}

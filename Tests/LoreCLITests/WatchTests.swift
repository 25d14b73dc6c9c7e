import Foundation
import TestSupport
import Testing

@Suite struct WatchTests {
    /// Ways of noticing changes; the second is all there is on systems without inotify.
    static let methods = [["--watch"], ["--watch", "--poll"]]

    private func watch(_ place: Workplace, _ arguments: [String]) throws -> RunningCommand {
        let command =
            arguments.count > 1
            ? try RunningCommand(place, "index", place.notes, arguments[0], arguments[1])
            : try RunningCommand(place, "index", place.notes, arguments[0])
        try #require(eventually { command.said.contains("watching notes") }, "\(command.said)")
        return command
    }

    private func isFound(_ word: String, _ place: Workplace) throws -> Bool {
        try place.run("search", "--mode", "lexical", word).status == 0
    }

    @Test(arguments: methods)
    func `a watch follows notes that are added, changed, saved by rename and removed`(
        arguments: [String]
    ) throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")
        let watch = try watch(place, arguments)

        #expect(try isFound("alpha", place))
        try place.write("bravo\n", to: "b.md")
        #expect(try eventually { try isFound("bravo", place) })
        try place.write("charlie\n", to: "a.md")
        #expect(try eventually { try isFound("charlie", place) })
        #expect(try !isFound("alpha", place))
        try place.write("delta\n", to: ".a.md.swp")
        #expect(rename(place.notes + "/.a.md.swp", place.notes + "/a.md") == 0)
        #expect(try eventually { try isFound("delta", place) })
        try FileManager.default.removeItem(atPath: place.notes + "/b.md")
        #expect(try eventually { try !isFound("bravo", place) })
        #expect(watch.end(by: SIGTERM) == 0)
        #expect(watch.said.contains("lore: 1 deleted"))
    }

    @Test(arguments: methods)
    func `a watch follows folders that come with notes in them, move and go`(
        arguments: [String]
    ) throws {
        let place = try Workplace()
        let watch = try watch(place, arguments)
        let files = FileManager.default

        try place.folder.write("echo\n", to: "elsewhere/deep/er/e.md")
        try files.moveItem(
            atPath: place.folder.path + "/elsewhere", toPath: place.notes + "/deep")
        #expect(try eventually { try isFound("echo", place) })
        try files.moveItem(atPath: place.notes + "/deep", toPath: place.notes + "/moved")
        try place.write("foxtrot\n", to: "moved/deep/er/f.md")
        #expect(try eventually { try isFound("foxtrot", place) })
        try place.write("golf\n", to: "deep/deep/er/g.md")
        #expect(try eventually { try isFound("golf", place) })
        try files.removeItem(atPath: place.notes + "/moved")
        #expect(try eventually { try !isFound("foxtrot", place) })
        #expect(try isFound("golf", place))
        #expect(watch.end(by: SIGINT) == 0)
    }

    @Test func `where the day's ceiling is reached, words are kept up to date all the same`() throws
    {
        let provider = try ScriptedProvider()
        let place = try Workplace(environment: [
            "OPENAI_BASE_URL": provider.server.address("/v1"), "OPENAI_API_KEY": "sk-test-4711",
            "LORE_EMBEDDING_MODEL": "openai:text-embedding-3-small",
            "LORE_MAX_COST_DAY": "0.000000001",
        ])
        try place.write("alpha\n", to: "a.md")
        #expect(try place.run("index", place.notes).status == 6)
        let watch = try watch(place, Self.methods[0])
        #expect(eventually { watch.said.contains("with all else of today (max_cost_day)") })

        try place.write("bravo\n", to: "b.md")

        #expect(try eventually { try isFound("bravo", place) })
        #expect(watch.end(by: SIGTERM) == 0)
        #expect(provider.embeddedTexts.isEmpty)
    }

    @Test func `new ignore rules take notes out and bring them back`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "drafts/a.md")
        let watch = try watch(place, Self.methods[0])

        try place.write("drafts/\n", to: ".loreignore")
        #expect(try eventually { try !isFound("alpha", place) })
        try FileManager.default.removeItem(atPath: place.notes + "/.loreignore")
        #expect(try eventually { try isFound("alpha", place) })
        #expect(watch.end(by: SIGTERM) == 0)
    }

    @Test func `the notes of a folder that goes away stay until it is back`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")
        let watch = try watch(place, Self.methods[0])
        let away = place.folder.path + "/away"

        try FileManager.default.moveItem(atPath: place.notes, toPath: away)
        #expect(eventually { watch.said.contains("there is no folder '\(place.notes)'") })
        #expect(try isFound("alpha", place))
        try FileManager.default.moveItem(atPath: away, toPath: place.notes)
        #expect(eventually { watch.said.contains("the folder '\(place.notes)' is back") })
        try place.write("bravo\n", to: "b.md")
        #expect(try eventually { try isFound("bravo", place) })
        #expect(watch.end(by: SIGTERM) == 0)
    }

    @Test func `another process indexes and removes folders beside a watch`() throws {
        let place = try Workplace()
        try place.write("alpha\n", to: "a.md")
        let watch = try watch(place, Self.methods[0])

        #expect(try place.run("index").status == 0)
        #expect(try place.run("folders", "remove", "notes").status == 0)
        try place.write("bravo\n", to: "b.md")
        try place.folder.write("golf\n", to: "other/g.md")
        #expect(try place.run("index", place.folder.path + "/other").status == 0)
        #expect(try isFound("golf", place))
        #expect(try !isFound("bravo", place))
        #expect(watch.end(by: SIGTERM) == 0)
    }

    @Test func `vectors follow the words, and each change is one JSON line`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# A\n\nalpha\n", to: "a.md")
        let watch = try RunningCommand(place, "index", place.notes, "--watch", "--json")

        #expect(eventually { watch.said.contains("1 embedded") }, "\(watch.said)")
        try place.write("# B\n\nbravo\n", to: "b.md")
        #expect(eventually { watch.said.contains("1 added; 1 embedded") }, "\(watch.said)")
        #expect(watch.end(by: SIGTERM) == 0)
        let reports = try watch.lines.map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
        }
        #expect(reports.compactMap { $0["embedded"] as? Int }.reduce(0, +) == 2)
        #expect(reports.last?["documents"] as? Int == 2)
    }
}

import Foundation
import TestSupport
import Testing

@Suite struct OtherCommandTests {
    @Test func `status counts what was indexed and needs no model`() throws {
        let place = try Workplace(hasModel: true)
        try place.write("# Tea\n\nSteep for four minutes.\n", to: "tea.md")
        try place.write("long " + String(repeating: "word ", count: 40) + "\n", to: "long.txt")
        try place.run("index", place.notes)

        let status = try place.run("status", "--json").json

        #expect(status["documents"] as? Int == 2)
        #expect(status["chunks"] as? Int == status["embedded"] as? Int)
        #expect(status["pending"] as? Int == 0)
        #expect(status["truncated"] as? Int == 0)
        #expect(status["embedding_model"] as? String == "minilm")
        #expect(status["dimensions"] as? Int == 384)
        #expect(status["db"] as? String == place.database)
    }

    @Test func `a part of a note is printed by its lines`() throws {
        let place = try Workplace()
        try place.write("one\ntwo\nthree\n", to: "a.txt")
        try place.run("index", place.notes)

        #expect(try place.run("get", "a.txt:2").text == "two\n")
        #expect(try place.run("get", "a.txt:2-3").text == "two\nthree\n")
        #expect(try place.run("get", "a.txt:9").status == 2)
        #expect(try place.run("get", "b.txt").status == 3)
    }

    @Test func `several folders are told apart by their names`() throws {
        let place = try Workplace()
        try place.write("alpha wombat\n", to: "a.md")
        try place.folder.write("beta wombat\n", to: "work/b.md")
        try place.run("index", place.notes)
        try place.run("index", place.folder.path + "/work")

        let found = try place.run("search", "--mode", "lexical", "wombat", "--json")
        let paths = (found.json["hits"] as? [[String: Any]] ?? []).compactMap {
            $0["path"] as? String
        }
        #expect(paths.sorted() == ["notes/a.md", "work/b.md"])
        #expect(try place.run("get", "work/b.md").text == "beta wombat\n")
        #expect(try place.run("get", "b.md").text == "beta wombat\n")

        #expect(try place.run("folders", "rename", "work", "office").status == 0)
        #expect(try place.run("folders", "remove", "notes").status == 0)
        let folders = try place.run("folders", "--json").json["folders"] as? [[String: Any]]
        #expect(folders?.map { $0["name"] as? String } == ["office"])
        #expect(try place.run("folders", "remove", "nowhere").status == 3)
    }

    @Test func `embed prints a line of JSON for each text, of unit length`() throws {
        let place = try Workplace(hasModel: true)

        let result = try place.run("embed", input: "hello world\n\n")

        let lines = try result.text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.map { $0["text"] as? String } == ["hello world", ""])
        #expect(lines.map { $0["tokens"] as? Int } == [4, 2])
        for line in lines {
            let vector = try #require(line["embedding"] as? [Double])
            #expect(vector.count == 384)
            #expect(abs(vector.map { $0 * $0 }.reduce(0, +) - 1) < 1e-5)
        }
    }

    @Test func `a truncated model file is named with the way to mend it`() throws {
        let place = try Workplace()
        let copy = place.folder.url.appending(path: "broken")
        try FileManager.default.copyItem(at: TestModel.folder(), to: copy)
        let handle = try FileHandle(forWritingTo: copy.appending(path: "model.safetensors"))
        try handle.truncate(atOffset: 40_000_000)
        try handle.close()

        let result = try place.run("models", "import", copy.path, "--name", "broken")

        #expect(result.status == 4, "\(result.error)")
        #expect(result.error.contains("model.safetensors"))
        #expect(try place.run("models", "list", "--json").text.contains("broken") == false)
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `a shell's completions name the commands`(shell: String) throws {
        let place = try Workplace()

        let result = try place.run("completions", shell)

        #expect(result.status == 0)
        #expect(result.text.contains("search"))
    }

    @Test(arguments: [["nonesuch"], ["search"], ["search", "tea", "--colour"], ["get"]])
    func `a mistake in the arguments ends with status 2 and says which`(arguments: [String]) throws
    {
        let place = try Workplace()

        let result = try place.lore.run(arguments)

        #expect(result.status == 2)
        #expect(!result.error.isEmpty)
        #expect(result.text.isEmpty)
    }

    @Test func `an unknown setting names the nearest one`() throws {
        let place = try Workplace()
        try place.folder.write("embeding_model: minilm\n", to: "config/lore/config.yaml")

        let result = try place.run("status")

        #expect(result.status == 2)
        #expect(result.error.contains("did you mean 'embedding_model'?"))
    }

    @Test func `help and version go to stdout with status 0`() throws {
        let place = try Workplace()

        #expect(try place.run("--version").text == "0.1.0\n")
        #expect(try place.run("--help").text.contains("index"))
        #expect(try place.run("search", "--help").status == 0)
    }
}

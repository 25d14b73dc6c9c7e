import Foundation
import GRDB
import LoreStore
import TestSupport
import Testing

/// Each fault is found, named with the command that mends it, and mended by that.
@Suite struct DoctorCommandTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        try place.write("# Tea\n\nThe wombat blend.\n", to: "tea.md")
        try place.write("# Coffee\n\nBeans.\n", to: "coffee.md")
        try place.run("index", place.notes)
    }

    private struct Check: Decodable {
        let name: String
        let ok: Bool
        let problem: String?
        let command: String?
    }

    /// The checks that are not in order, and the status.
    private func faults(_ arguments: String...) throws -> (status: Int32, faults: [Check]) {
        struct Body: Decodable { let checks: [Check] }
        let result = try place.lore.run(["doctor", "--json"] + arguments)
        let body = try JSONDecoder().decode(Body.self, from: result.output)
        #expect(body.checks.count >= 13, "\(result.text)")
        return (result.status, body.checks.filter { !$0.ok })
    }

    @Test func `a sound index passes every check and ends with 0`() throws {
        let found = try faults()
        let words = try place.run("doctor").text

        #expect(found.status == 0)
        #expect(found.faults.isEmpty, "\(found.faults)")
        #expect(words.contains("ok     documents        2 notes"))
        #expect(!words.contains("fault  "))
    }

    @Test(arguments: [
        ("DELETE FROM chunks_fts_data WHERE id > 10", "full text", "other words"),
        ("DELETE FROM chunks_fts_docsize", "full text", "2 chunks are not in the full-text index"),
        ("INSERT INTO embedded_texts(hash) VALUES (zeroblob(32))", "documents", "1 texts"),
        (
            "UPDATE documents SET body_tokens = 9 WHERE path = 'tea.md'", "documents",
            "1 notes do not have the chunks"
        ),
        ("DELETE FROM documents WHERE path = 'tea.md'", "references", "1 rows refer to rows"),
        ("DELETE FROM chunks WHERE text LIKE '%wombat%'", "full text", "1 of its entries have no"),
    ])
    func `a fault inside the index is named and mended`(
        damage: String, check: String, problem: String
    ) throws {
        try self.damage(damage)

        let found = try faults()
        let fault = found.faults.first { $0.name == check }
        #expect(found.status == 4)
        #expect(fault?.problem?.contains(problem) == true, "\(found.faults)")
        #expect(fault?.command?.hasPrefix("lore doctor --fix") == true)

        try place.run("doctor", "--fix")
        try place.run("index")
        let after = try faults()
        #expect(after.status == 0, "\(after.faults)")
        #expect(try place.run("search", "--mode", "lexical", "wombat").status == 0)
    }

    @Test func `changed files are counted, and index brings them in`() throws {
        try place.write("# New\n\nWords.\n", to: "new.md")
        try FileManager.default.removeItem(atPath: place.notes + "/coffee.md")

        let found = try faults()

        #expect(found.faults.map(\.name) == ["files"])
        #expect(found.faults.first?.problem == "2 files have changed since indexing")
        #expect(found.faults.first?.command == "lore index")
        try place.run("index")
        #expect(try faults().status == 0)
    }

    @Test func `a folder that is gone is named with the command that forgets it`() throws {
        try FileManager.default.removeItem(atPath: place.notes)

        let found = try faults()

        #expect(found.faults.map(\.name) == ["folders"])
        #expect(found.faults.first?.command == "lore folders remove 'notes'")
    }

    @Test func `files that others may read are named and closed`() throws {
        for suffix in ["", "-lease"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o644], ofItemAtPath: place.database + suffix)
        }

        let found = try faults()
        let fixed = try place.run("doctor", "--fix", "--json")

        #expect(found.faults.map(\.name) == ["file modes"])
        #expect(found.faults.first?.problem?.contains("'\(place.database)-lease'") == true)
        #expect(fixed.status == 0)
        #expect((fixed.json["mended"] as? [String])?.count ?? 0 >= 2)
        let attributes = try FileManager.default.attributesOfItem(atPath: place.database)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func `skipped files are told and are no fault`() throws {
        try place.folder.write(Data([0x61, 0x00, 0x62]), to: "notes/binary.txt")
        try place.run("index")

        let result = try place.run("doctor")

        #expect(result.status == 0, "\(result.text)")
        #expect(result.text.contains("1: binary.txt ("))
    }

    @Test func `a damaged file is named with the way to begin anew`() throws {
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: place.database))
        let size = try file.seekToEnd()
        try file.seek(toOffset: 8_192)
        try file.write(contentsOf: Data(count: Int(size) - 8_192))
        try file.close()

        for arguments in [[], ["--fix"]] as [[String]] {
            let result = try place.lore.run(["doctor"] + arguments)
            #expect(result.status == 4, "\(result.error)")
            #expect(result.text.contains("fault  database"), "\(result.text)")
            #expect(result.text.contains(".damaged' && lore index FOLDER"))
        }
    }

    @Test func `an index of a newer lore is named and left alone`() throws {
        try damage("PRAGMA user_version = 99")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: place.database))

        let result = try place.run("doctor", "--fix")

        #expect(result.status == 4)
        #expect(result.error.contains("schema 99") || result.text.contains("schema 99"))
        #expect(try Data(contentsOf: URL(fileURLWithPath: place.database)) == bytes)
    }

    @Test func `without an index the message names the command that makes one`() throws {
        let result = try Workplace().run("doctor")

        #expect(result.status == 4)
        #expect(result.error.contains("lore index FOLDER"))
    }

    @Test func `a model that is gone or changed is named with the command that brings it back`()
        throws
    {
        let models = TestModel.repository.appending(
            path: "Tests/LoreEmbeddingTests/Fixtures/models")
        let tiny = models.appending(path: "mean-f32-uncased").path
        try place.run("models", "import", tiny, "--name", "tiny")
        try place.run("index", "--model", "tiny")
        #expect(try faults().status == 0)

        let installed = place.folder.path + "/data/lore/models/tiny"
        let file = try FileHandle(
            forUpdating: URL(fileURLWithPath: installed + "/model.safetensors"))
        try file.seek(toOffset: file.seekToEnd() - 1)
        try file.write(contentsOf: Data([0x7F]))
        try file.close()
        let changed = try faults()
        try FileManager.default.removeItem(atPath: installed)
        let gone = try faults()

        #expect(changed.faults.map(\.name) == ["model"])
        #expect(changed.faults.first?.problem?.contains("not those that were installed") == true)
        #expect(gone.faults.first?.problem == "the embedding model 'tiny' is not installed")
        #expect(gone.faults.first?.command == "lore models pull tiny")
    }

    @Test func `codes that are not those of their vectors are named and made anew`() throws {
        let models = TestModel.repository.appending(
            path: "Tests/LoreEmbeddingTests/Fixtures/models")
        try place.run(
            "models", "import", models.appending(path: "mean-f32-uncased").path, "--name", "tiny")
        try place.run("index", "--model", "tiny")
        let scores = {
            let hits = try place.run("search", "--mode", "semantic", "tea", "--json").json["hits"]
            return (hits as? [[String: Any]])?.map { $0["score"] as? Double }
        }
        let before = try #require(try scores())
        try damage("UPDATE code_blocks SET codes = zeroblob(length(codes))")

        let search = try place.run("search", "--mode", "semantic", "tea")
        let found = try faults()
        try place.run("doctor", "--fix")
        try place.run("index")

        #expect(search.status == 4)
        #expect(search.error.contains("run `lore doctor --fix` and then `lore index`"))
        #expect(found.faults.map(\.name) == ["vectors"])
        #expect(
            found.faults.first?.problem
                == "the codes of 2 vectors are not theirs: searches may miss passages")
        #expect(try faults().status == 0)
        #expect(before.count == 2)
        #expect(try scores() == before)
    }

    @Test func `each setting is told with where it comes from`() throws {
        try place.folder.write("passages: 5\n", to: "config/lore/config.yaml")

        let result = try place.lore.run(
            shell: "LORE_RETRIES=7 exec \"$0\" doctor --json --db \"$1\"", [place.database])

        let settings = result.json["settings"] as? [[String: String]] ?? []
        let origins = Dictionary(
            uniqueKeysWithValues: settings.map { ($0["name"] ?? "", $0["origin"] ?? "") })
        #expect(origins["db"] == "--db")
        #expect(origins["retries"] == "the environment, LORE_RETRIES")
        #expect(origins["passages"] == place.folder.path + "/config/lore/config.yaml")
        #expect(origins["model"] == "default")
    }

    @Test func `after a fix no byte of a deleted note is left`() throws {
        try place.write("# Xylophagous\n\nThe quetzalcoatlus sleeps.\n", to: "secret.md")
        try place.run("index")
        try FileManager.default.removeItem(atPath: place.notes + "/secret.md")
        try place.run("index")

        #expect(try place.run("doctor", "--fix").status == 0)

        for suffix in ["", "-wal", "-shm", "-lease"] {
            let bytes = FileManager.default.contents(atPath: place.database + suffix) ?? Data()
            let text = String(decoding: bytes, as: UTF8.self).lowercased()
            #expect(!text.contains("quetzalcoatl"), "\(suffix)")
            #expect(!text.contains("xylophag"), "\(suffix)")
        }
    }

    /// Changes the file as another program would, that knows nothing of lore's rules.
    private func damage(_ sql: String) throws {
        let queue = try DatabaseQueue(path: place.database, configuration: .heedless)
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}

extension Configuration {
    fileprivate static var heedless: Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        return configuration
    }
}

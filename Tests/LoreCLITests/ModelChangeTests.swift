import Foundation
import LoreCore
import LoreStore
import TestSupport
import Testing

/// A change of the embedding model: searches go on, and going back costs nothing.
///
/// The models are tiny and of random weights: what they find is nonsense, but always ten hits.
@Suite struct ModelChangeTests {
    private let place: Workplace

    init() throws {
        place = try Workplace()
        let models = TestModel.repository.appending(
            path: "Tests/LoreEmbeddingTests/Fixtures/models")
        for (name, folder) in [
            ("old", "mean-f32-uncased"), ("new", "cls-f16-prefixed"),
            ("cased", "cls-f32-cased-stripped"),
        ] {
            let imported = try place.run(
                "models", "import", models.appending(path: folder).path, "--name", name)
            try #require(imported.status == 0, "\(imported.error)")
        }
    }

    private func write(notes count: Int) throws {
        for number in 0..<count {
            try place.write(
                "# Note \(number)\n\nThe cat number \(number) sat.\n", to: "n\(number).md")
        }
    }

    private func index(_ arguments: String...) throws -> [String: Any] {
        let result = try place.lore.run(["index", "--json"] + arguments)
        try #require(result.status == 0, "\(result.error)")
        return result.json
    }

    /// The model that answers, as the index says.
    private func model() throws -> String? {
        try place.run("status", "--json").json["embedding_model"] as? String
    }

    /// Hits of a search by meaning alone; what else it says is an error.
    private func hits() throws -> Int {
        let result = try place.run("search", "--mode", "semantic", "--json", "a cat")
        #expect(result.status == 0, "\(result.error)")
        #expect(!result.error.contains("await their vectors"), "\(result.error)")
        return (result.json["hits"] as? [Any])?.count ?? 0
    }

    @Test func `a change costs vectors alone, and going back nothing until doctor --fix`() throws {
        try write(notes: 30)
        let first = try index("--model", "old", place.notes)
        let changed = try index("--model", "new")
        let after = try model()
        let back = try index("--model", "old")
        let again = try index()

        #expect(first["embedded"] as? Int == 30)
        #expect(changed["embedded"] as? Int == 30)
        #expect(changed["unchanged"] as? Int == 30)
        #expect(after == "new")
        #expect(back["embedded"] as? Int == 0)
        #expect(again["embedded"] as? Int == 0)
        #expect(try model() == "old")
        #expect(try hits() == 10)

        let doctor = try place.run("doctor")
        #expect(doctor.status == 4)
        #expect(doctor.text.contains("30 vectors of the model 'new', which does not answer"))
        #expect(try place.run("doctor", "--fix").status == 0)
        #expect(try index("--model", "new")["embedded"] as? Int == 30)
    }

    @Test func `a model that is set and is not the index's is refused, with both ways out`() throws
    {
        try write(notes: 1)
        _ = try index("--model", "new", place.notes)

        let search = try place.lore.run(
            shell: "LORE_EMBEDDING_MODEL=old exec \"$0\" search cat", [])
        let index = try place.lore.run(
            shell: "LORE_EMBEDDING_MODEL=old exec \"$0\" index", [])

        #expect(search.status == 4)
        #expect(index.status == 4)
        #expect(search.error.contains("made with the embedding model 'new', and 'old' is set now"))
        #expect(search.error.contains("lore index --model old"))
        #expect(try hits() == 1)
    }

    @Test func `searches go on while the model changes, and a kill in the middle loses nothing`()
        throws
    {
        try write(notes: 2_000)
        _ = try index("--model", "old", place.notes)

        let process = place.lore.makeProcess(["index", "--model", "new", "-q"])
        try process.run()
        #expect(try hits() == 10)
        while try vectors(of: "new") == 0 { usleep(1_000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        #expect(try model() == "old")
        #expect(try hits() == 10)
        let done = try vectors(of: "new")

        let rest = place.lore.makeProcess(["index", "--model", "new", "--json"])
        let output = Pipe()
        rest.standardOutput = output
        try rest.run()
        while rest.isRunning { #expect(try hits() == 10) }

        let report =
            try JSONSerialization.jsonObject(
                with: output.fileHandleForReading.readDataToEndOfFile()) as? [String: Any]
        #expect(report?["embedded"] as? Int == 2_000 - done)
        #expect(done < 2_000, "the process ended before it was killed")
        #expect(try model() == "new")
        #expect(try hits() == 10)
    }

    @Test func `notes that another model does not read whole are cut anew for it`() throws {
        try write(notes: 3)
        _ = try index("--model", "old", place.notes)

        let changed = try index("--model", "cased")

        #expect(changed["changed"] as? Int == 3)
        #expect(try model() == "cased")
        #expect(try place.run("search", "cat").status == 0)
    }

    private func vectors(of model: String) throws -> Int {
        let store = try Store(path: place.database, access: .readOnly)
        defer { try? store.close() }
        let makings = try store.read { try $0.fingerprints() }
        return makings.first { $0.fingerprint.model == model }?.vectors ?? 0
    }
}

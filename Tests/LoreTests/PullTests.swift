import Foundation
import Lore
import TestSupport
import Testing

@Suite struct PullTests {
    @Test func `a model is fetched from the hub that is set, and then installed`() async throws {
        let model = try TestModel.folder()
        let server = try LoopbackServer()
        defer { server.stop() }
        let revision =
            "sentence-transformers/all-MiniLM-L6-v2/resolve/"
            + "1110a243fdf4706b3f48f1d95db1a4f5529b4d41"
        for file in Self.files {
            let bytes = try [UInt8](Data(contentsOf: model.appending(path: file)))
            server.on("/\(revision)/\(file)") { .file(bytes, tag: nil, for: $0) }
        }
        let folder = try TemporaryFolder()
        var configuration = Configuration(in: folder)
        configuration.modelHub = URL(string: server.address(""))
        let knowledgeBase = KnowledgeBase(configuration: configuration)

        let pulled = try await knowledgeBase.pullModel(named: "minilm")

        #expect(pulled.name == "minilm")
        #expect(try knowledgeBase.installedModels() == [pulled])
        #expect(try await knowledgeBase.embed(["hello"], as: .query).dimensions == 384)
        let left = try FileManager.default.contentsOfDirectory(
            atPath: configuration.modelsDirectory.path)
        #expect(left == ["minilm"])
    }

    private static let files = [
        "modules.json", "config.json", "sentence_bert_config.json", "1_Pooling/config.json",
        "tokenizer_config.json", "special_tokens_map.json", "vocab.txt", "tokenizer.json",
        "model.safetensors",
    ]
}

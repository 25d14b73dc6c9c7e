import Foundation
import LoreCore
import LoreEmbedding
import TestSupport
import Testing

/// Files of a model that are not what they should be, one fault at a time.
@Suite struct DamagedModelTests {
    private let folder: TemporaryFolder
    private let model: URL

    init() throws {
        folder = try TemporaryFolder()
        model = folder.url.appendingPathComponent("model")
        try FileManager.default.copyItem(at: Fixtures.tinyModel("mean-f32-uncased"), to: model)
    }

    private func path(_ file: String) -> String { model.appendingPathComponent(file).path }

    private func write(_ data: Data, to file: String) throws {
        try data.write(to: model.appendingPathComponent(file))
    }

    private func load() -> EmbeddingError? {
        do {
            _ = try LocalEmbedder(directory: try ModelDirectory(url: model), threads: 1)
            return nil
        } catch {
            return error as? EmbeddingError
        }
    }

    /// Writes weights with this header and so many zero bytes after it.
    private func writeWeights(header: String, bytes: Int) throws {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        try write(length + Data(header.utf8) + Data(count: bytes), to: "model.safetensors")
    }

    private func change(_ file: String, _ old: String, _ new: String) throws {
        let text = try String(contentsOfFile: path(file), encoding: .utf8)
        #expect(text.contains(old))
        try write(Data(text.replacingOccurrences(of: old, with: new).utf8), to: file)
    }

    /// A header, the bytes after it, and what is wrong.
    static let headers: [(String, Int, String)] = [
        (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}"#, 8, "no JSON from byte 53"),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 8,
            "the entry of tensor 'a' makes no sense"
        ),
        (
            #"{"a":{"dtype":"X9","shape":[2],"data_offsets":[0,8]}}"#, 8,
            "the entry of tensor 'a' makes no sense"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, 8,
            "the entry of tensor 'a' makes no sense"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 8,
            "the entry of tensor 'a' makes no sense"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 4,
            "it holds 4 bytes of tensors; its header tells of 8"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            4,
            "tensor 'b' starts at 0, not at 4 where the one before ends"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8,
            "tensor 'a' is there twice"
        ),
        (
            #"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#, 8,
            "tensor 'embeddings.word_embeddings.weight' is missing"
        ),
    ]

    @Test(arguments: headers)
    func `weights whose header is wrong are refused with the reason`(
        header: String, bytes: Int, reason: String
    ) throws {
        try writeWeights(header: header, bytes: bytes)

        #expect(load() == .damaged(path: path("model.safetensors"), reason: reason))
    }

    @Test func `weights cut off anywhere are refused`() throws {
        let whole = try Data(contentsOf: model.appendingPathComponent("model.safetensors"))
        for count in [0, 7, 8, 100, whole.count / 2, whole.count - 1] {
            try write(whole.prefix(count), to: "model.safetensors")
            #expect(load()?.category == .corruptData, "\(count) bytes")
        }
    }

    @Test func `a configuration that does not fit the weights is refused`() throws {
        try change("config.json", #""intermediate_size": 64"#, #""intermediate_size": 65"#)

        let reason =
            "tensor 'encoder.layer.0.intermediate.dense.weight' has shape [64, 32]; "
            + "the configuration says [65, 32]"
        #expect(load() == .damaged(path: path("model.safetensors"), reason: reason))
    }

    @Test(arguments: [
        (
            #""model_type": "bert""#, #""model_type": "roberta""#,
            "its type is 'roberta', not 'bert'"
        ),
        (#""hidden_act": "gelu""#, #""hidden_act": "swish""#, "its activation is 'swish'"),
        (
            #""model_type": "bert""#,
            #""model_type": "bert", "position_embedding_type": "relative_key""#,
            "its position embeddings are 'relative_key', not 'absolute'"
        ),
        (
            #""model_type": "bert""#, #""model_type": "bert", "is_decoder": true"#,
            "it is a decoder"
        ),
    ])
    func `an encoder of another kind is refused by name`(
        old: String, new: String, reason: String
    ) throws {
        try change("config.json", old, new)

        #expect(load() == .unsupported(path: path("config.json"), reason: reason))
    }

    @Test func `a pooling and a module that lore does not compute are refused`() throws {
        try change(
            "1_Pooling/config.json", #""pooling_mode_max_tokens": false"#,
            #""pooling_mode_max_tokens": true"#)
        let reason = "its pooling is pooling_mode_max_tokens and pooling_mode_mean_tokens"
        #expect(load() == .unsupported(path: path("1_Pooling/config.json"), reason: reason))

        try change("modules.json", "models.Normalize", "models.Dense")
        try change(
            "1_Pooling/config.json", #""pooling_mode_max_tokens": true"#,
            #""pooling_mode_max_tokens": false"#)
        #expect(
            load()
                == .unsupported(
                    path: path("modules.json"),
                    reason: "it has a module 'sentence_transformers.models.Dense'"))
    }

    @Test(arguments: [
        ("WordPiece", "BPE", "its tokenizer is 'BPE', not 'WordPiece'"),
        ("BertNormalizer", "NFC", "its normalizer is 'NFC', not 'BertNormalizer'"),
        (
            "BertPreTokenizer", "Whitespace",
            "its pre-tokenizer is 'Whitespace', not 'BertPreTokenizer'"
        ),
    ])
    func `a tokenizer of another kind is refused by name`(
        old: String, new: String, reason: String
    ) throws {
        try change("tokenizer.json", old, new)

        #expect(load() == .unsupported(path: path("tokenizer.json"), reason: reason))
    }

    @Test func `a module's folder cannot lead out of the model`() throws {
        try change("modules.json", "1_Pooling", "../../1_Pooling")

        let reason = "'../../1_Pooling' is no folder of a module"
        #expect(load() == .damaged(path: path("modules.json"), reason: reason))
    }

    @Test(arguments: ["config.json", "model.safetensors", "tokenizer.json"])
    func `a missing file is named`(file: String) throws {
        try FileManager.default.removeItem(at: model.appendingPathComponent(file))

        #expect(load() == .missingFile(path: path(file)))
    }

    @Test(arguments: ["config.json", "modules.json", "tokenizer.json", "1_Pooling/config.json"])
    func `a file that is no JSON is named`(file: String) throws {
        try write(Data("[1, 2".utf8), to: file)

        #expect(load()?.category == .corruptData)
        #expect(load()?.message.hasPrefix("'\(path(file))' is damaged") == true)
    }
}

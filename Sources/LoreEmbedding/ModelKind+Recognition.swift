import Foundation
import LoreCore

extension ModelKind {
    /// What the model in `folder` was trained for.
    init(folder: URL) throws {
        let path = folder.appendingPathComponent(ModelDirectory.configurationFile).path
        try self.init(try MappedFile(path: path).json(), folder: folder)
    }

    /// What the model in `folder` was trained for, by its `config.json`, else by what
    /// sentence-transformers noted beside it.
    init(_ json: JSONValue, folder: URL) throws {
        let architectures = (json["architectures"]?.elements ?? []).compactMap(\.string)
        let notes = try JSONValue(file: "config_sentence_transformers.json", in: folder)
        let isCrossEncoder =
            architectures.contains("BertForSequenceClassification")
            || notes["model_type"]?.string == "CrossEncoder"
        self = isCrossEncoder ? .reranking : .embedding
    }
}

extension ModelDirectory {
    /// Checks that a cross-encoder gives one score of a pair, and nothing follows that lore leaves
    /// out.
    ///
    /// - Throws: `EmbeddingError.unsupported` with what is in the way.
    static func checkReranking(_ json: JSONValue, folder: URL) throws {
        let labels = json["num_labels"]?.integer ?? json["id2label"]?.members?.count ?? 2
        try require(
            labels == 1, "it tells \(labels) classes apart, not how well a passage answers",
            of: configurationFile, in: folder)
        try require(
            json["type_vocab_size"]?.integer ?? 2 >= 2, "it does not tell query and passage apart",
            of: configurationFile, in: folder)
        for module in try JSONValue(file: "modules.json", in: folder).elements ?? [] {
            let type = module["type"]?.string ?? "unknown"
            try require(
                type.split(separator: ".").last == "Transformer", "it has a module '\(type)'",
                of: "modules.json", in: folder)
        }
        let notes = try JSONValue(file: "config_sentence_transformers.json", in: folder)
        let prompt = notes["default_prompt_name"]?.string.flatMap { notes["prompts"]?[$0]?.string }
        try require(
            prompt ?? "" == "", "it wants a prompt", of: "config_sentence_transformers.json",
            in: folder)
    }

    private static func require(
        _ holds: Bool, _ reason: String, of file: String, in folder: URL
    ) throws {
        guard holds else {
            throw EmbeddingError.unsupported(
                path: folder.appendingPathComponent(file).path, reason: reason)
        }
    }
}

extension JSONValue {
    /// The contents of `file` in `folder`; null where there is none.
    fileprivate init(file: String, in folder: URL) throws {
        let path = folder.appendingPathComponent(file).path
        let isThere = FileManager.default.fileExists(atPath: path)
        self = isThere ? try MappedFile(path: path).json() : .null
    }
}

import Foundation

/// The files of a model folder that lore reads; an import takes these and leaves the rest.
enum ModelFiles {
    private static let fixed = [
        "config.json", "config_sentence_transformers.json", "model.safetensors", "modules.json",
        "sentence_bert_config.json", "special_tokens_map.json", "tokenizer.json",
        "tokenizer_config.json", "vocab.txt",
    ]

    /// Kept beside a model, for people.
    private static let documents = ["LICENSE", "LICENSE.txt", "NOTICE", "README.md"]

    /// Whether a file at `path` below a model's folder belongs to it; a module's settings lie one
    /// level down, as `1_Pooling/config.json`.
    static func isWanted(_ path: String) -> Bool {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch parts.count {
        case 1: return fixed.contains(path) || documents.contains(path)
        case 2: return isSafePathPart(parts[0]) && parts[1] == "config.json"
        default: return false
        }
    }

    /// The paths below `folder` that belong to the model, sorted.
    static func present(in folder: URL) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        let isThere = { (path: String) in
            FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
        }
        return names.flatMap { [$0, "\($0)/config.json"] }
            .filter { isWanted($0) && isThere($0) }
            .sorted()
    }
}

/// Whether `name` names a file or folder and nothing else: no path, no way up, not hidden.
func isSafePathPart(_ name: String) -> Bool {
    let isPlain = { (byte: UInt8) in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
    guard let first = name.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-") else {
        return false
    }
    return name.utf8.count <= 64 && name.utf8.allSatisfy(isPlain)
}

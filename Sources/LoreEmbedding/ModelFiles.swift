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

    /// Paths below `folder`, sorted; a module's settings count as `1_Pooling/config.json`.
    static func present(in folder: URL) throws -> [String] {
        let modules = try moduleFolders(in: folder).map { "\($0)/config.json" }
        let isThere = { (path: String) in
            FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
        }
        return (fixed + documents + modules).filter(isThere).sorted()
    }

    private static func moduleFolders(in folder: URL) throws -> [String] {
        let path = folder.appendingPathComponent("modules.json").path
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let modules = try MappedFile(path: path).json().elements ?? []
        return modules.compactMap { $0["path"]?.string }.filter(isSafePathPart)
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

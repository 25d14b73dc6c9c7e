import Crypto
import Foundation
import LoreCore

/// What `lore.json` beside a model says: its name, and size and SHA-256 of each file.
///
/// It is written when a model is installed, so that a cold start hashes nothing.
struct ModelManifest: Codable, Sendable, Hashable {
    struct File: Codable, Sendable, Hashable {
        let path: String
        let bytes: Int
        let sha256: String
    }

    static let fileName = "lore.json"

    let name: String
    /// Sorted by path.
    let files: [File]

    /// SHA-256 of the weights' and the vocabulary's own digests.
    var digest: String {
        let identifying = files.filter { Self.identifyingFiles.contains($0.path) }
        let text = identifying.map(\.sha256).joined(separator: " ")
        return hexadecimal(SHA256.hash(data: Data(text.utf8)))
    }

    private static let identifyingFiles = [
        ModelDirectory.weightsFile, "tokenizer.json", "vocab.txt",
    ]

    var weightsDigest: String {
        files.first { $0.path == ModelDirectory.weightsFile }?.sha256 ?? ""
    }

    var bytes: Int { files.map(\.bytes).reduce(0, +) }

    init(name: String, files: [File]) {
        self.name = name
        self.files = files.sorted { $0.path < $1.path }
    }

    /// Reads the manifest in `folder` and checks the files' sizes; without one, hashes the files.
    init(folder: URL) throws {
        let path = folder.appendingPathComponent(Self.fileName).path
        guard FileManager.default.fileExists(atPath: path) else {
            self = try ModelManifest(hashing: folder, name: folder.lastPathComponent)
            return
        }
        let json = try MappedFile(path: path).json()
        guard let name = json["name"]?.string, let entries = json["files"]?.elements else {
            throw EmbeddingError.damaged(path: path, reason: "it is no manifest")
        }
        self.init(name: name, files: try entries.map { try Self.file($0, path: path) })
        for file in files { try file.checkSize(in: folder) }
    }

    private static func file(_ json: JSONValue, path: String) throws -> File {
        guard let name = json["path"]?.string, let bytes = json["bytes"]?.integer,
            let digest = json["sha256"]?.string
        else { throw EmbeddingError.damaged(path: path, reason: "it is no manifest") }
        return File(path: name, bytes: bytes, sha256: digest)
    }

    /// Hashes the files of a model in `folder`.
    init(hashing folder: URL, name: String) throws {
        let files = try ModelFiles.present(in: folder).map { path in
            let file = try MappedFile(path: folder.appendingPathComponent(path).path)
            let digest = SHA256.hash(data: file.bytes)
            return File(path: path, bytes: file.bytes.count, sha256: hexadecimal(digest))
        }
        self.init(name: name, files: files)
    }

    func write(to folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: folder.appendingPathComponent(Self.fileName))
    }
}

extension ModelManifest.File {
    fileprivate func checkSize(in folder: URL) throws {
        let path = folder.appendingPathComponent(self.path).path
        var status = stat()
        guard stat(path, &status) == 0 else { throw EmbeddingError.missingFile(path: path) }
        guard Int(status.st_size) == bytes else {
            throw EmbeddingError.damaged(
                path: path, reason: "it has \(status.st_size) bytes, not \(bytes)")
        }
    }
}

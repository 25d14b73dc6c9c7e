import Foundation
import LoreEmbedding

/// Files made by `scripts/make-golden.py`, and the real model.
enum Fixtures {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures", isDirectory: true)

    static let tinyModels = [
        "cls-f16-prefixed", "cls-f32-cased-stripped", "mean-bf16-cased-list",
        "mean-f16-accents-short", "mean-f32-uncased",
    ]

    static func tinyModel(_ name: String) -> URL {
        folder.appendingPathComponent("models/\(name)", isDirectory: true)
    }

    static let rerankers = ["f16-cased-list-short", "f32-uncased"]

    static func reranker(_ name: String) -> URL {
        folder.appendingPathComponent("rerankers/\(name)", isDirectory: true)
    }

    /// Why the tests that need the real model cannot run.
    struct NoModel: Error, CustomStringConvertible {
        let path: String
        var description: String {
            "no model in '\(path)'; run scripts/test, or set LORE_TEST_MODEL to its folder"
        }
    }

    /// The folder of all-MiniLM-L6-v2.
    static func minilm() throws -> ModelDirectory {
        let root = folder.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let path =
            ProcessInfo.processInfo.environment["LORE_TEST_MODEL"]
            ?? root.appendingPathComponent(".cache/models/minilm").path
        guard FileManager.default.fileExists(atPath: path + "/config.json") else {
            throw NoModel(path: path)
        }
        return try ModelDirectory(url: URL(fileURLWithPath: path, isDirectory: true))
    }

    /// The rows of a file of JSON lines.
    static func rows<Row: Decodable>(_ file: URL, as type: Row.Type = Row.self) throws -> [Row] {
        try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Row.self, from: $0)
        }
    }
}

/// The inner product of two vectors of unit norm.
func cosine(_ left: some Sequence<Float>, _ right: some Sequence<Float>) -> Float {
    zip(left, right).map(*).reduce(0, +)
}

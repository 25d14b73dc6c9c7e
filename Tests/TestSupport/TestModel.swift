public import Foundation

/// The real embedding model that tests use; `scripts/test` fetches it.
public enum TestModel {
    /// The folder that holds the model's files.
    ///
    /// - Throws: `Missing`: a test that needs the model fails without it, it is never skipped.
    public static func folder() throws -> URL {
        let set = ProcessInfo.processInfo.environment["LORE_TEST_MODEL"]
        let folder =
            set.map { URL(fileURLWithPath: $0) }
            ?? repository.appending(path: ".cache/models/minilm")
        guard
            FileManager.default.fileExists(atPath: folder.appending(path: "model.safetensors").path)
        else { throw Missing(folder: folder.path) }
        return folder
    }

    /// The root of the working copy.
    public static var repository: URL {
        // The path as compiled, resolved: a link on the way would name another root.
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    public struct Missing: Error, CustomStringConvertible {
        let folder: String
        public var description: String {
            "the embedding model is not in '\(folder)'; run the tests by scripts/test, which fetches it"
        }
    }
}

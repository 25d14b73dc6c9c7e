import Foundation
import TestSupport

/// A user's machine in a folder: notes, an index, settings, and the embedding model if wanted.
final class Workplace: Sendable {
    let folder: TemporaryFolder
    let lore: BuiltBinary
    var notes: String { folder.url.appending(path: "notes").path }
    var database: String { folder.url.appending(path: "lore.db").path }

    /// A data folder into which the model was imported, once for all tests.
    private static let modelHome = Result {
        let home = try TemporaryFolder()
        let lore = BuiltBinary("lore", environment: ["XDG_DATA_HOME": home.path])
        let imported = try lore.run(
            ["models", "import", TestModel.folder().path, "--name", "minilm"])
        guard imported.status == 0 else { throw ImportFailed(error: imported.error) }
        return home
    }

    struct ImportFailed: Error { let error: String }

    /// A workplace with the embedding model installed or without.
    ///
    /// `programs` are shell scripts by name that are found before the machine's own programs;
    /// `environment` is added to what a command sees.
    init(
        hasModel: Bool = false, programs: [String: String] = [:],
        environment: [String: String] = [:]
    ) throws {
        folder = try TemporaryFolder()
        for (name, script) in programs {
            let file = try folder.write("#!/bin/sh\n\(script)\n", to: "bin/" + name)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        let ownPath = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"]
        try FileManager.default.createDirectory(
            at: folder.url.appending(path: "notes"), withIntermediateDirectories: true)
        let data =
            hasModel ? try Self.modelHome.get().path : folder.url.appending(path: "data").path
        lore = BuiltBinary(
            "lore",
            environment: [
                "HOME": folder.path, "XDG_DATA_HOME": data,
                "PATH": folder.url.appending(path: "bin").path + ":" + ownPath,
                "XDG_CONFIG_HOME": folder.url.appending(path: "config").path,
                "XDG_CACHE_HOME": folder.url.appending(path: "cache").path,
                "LORE_DB": folder.url.appending(path: "lore.db").path,
                // Scripted models on loopback reply in free text.
                "LORE_STRICT": "off",
            ].merging(environment) { _, given in given })
    }

    func write(_ text: String, to note: String) throws {
        try folder.write(text, to: "notes/" + note)
    }

    @discardableResult
    func run(_ arguments: String..., input: String = "") throws -> BuiltBinary.Result {
        try lore.run(arguments, input: input)
    }
}

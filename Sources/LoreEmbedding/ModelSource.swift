import Foundation

/// Where a model is imported from.
protocol ModelSource {
    var url: URL { get }
    /// What the source is called, without an ending or a version.
    var name: String { get }
    /// Paths of all files, `/` between their parts.
    func paths() throws -> [String]
    /// Writes the file at `path` to `target`.
    func copy(_ path: String, to target: URL) throws
}

/// A folder with a model in it, or a few levels below.
struct FolderSource: ModelSource {
    private static let deepest = 4
    let url: URL

    var name: String { url.standardizedFileURL.lastPathComponent }

    func paths() throws -> [String] { try files(in: "", depth: 0).sorted() }

    private func files(in folder: String, depth: Int) throws -> [String] {
        let place = folder.isEmpty ? url : url.appendingPathComponent(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        return try names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            var isFolder: ObjCBool = false
            let full = url.appendingPathComponent(path).path
            guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder) else {
                return []
            }
            guard isFolder.boolValue else { return [path] }
            return depth < Self.deepest ? try files(in: path, depth: depth + 1) : []
        }
    }

    /// Links are followed: a model of a download cache is made of them.
    func copy(_ path: String, to target: URL) throws {
        let source = url.appendingPathComponent(path).resolvingSymlinksInPath()
        try FileManager.default.copyItem(at: source, to: target)
    }
}

/// A Python wheel, or another ZIP archive, with a model in it.
struct ArchiveSource: ModelSource {
    let url: URL
    private let archive: ZipArchive

    init(url: URL) throws {
        self.url = url
        archive = try ZipArchive(path: url.path)
    }

    /// A wheel is called NAME-VERSION-….whl.
    var name: String {
        let stem = url.deletingPathExtension().lastPathComponent
        guard url.pathExtension == "whl" else { return stem }
        return stem.split(separator: "-").first.map(String.init) ?? stem
    }

    func paths() throws -> [String] { archive.entries.map(\.name).sorted() }

    func copy(_ path: String, to target: URL) throws {
        guard let entry = archive.entries.first(where: { $0.name == path }) else {
            throw EmbeddingError.missingFile(path: "\(url.path)/\(path)")
        }
        try archive.extract(entry, to: target)
    }
}

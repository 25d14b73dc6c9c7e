import Foundation
import LoreIngest
import LoreStore

/// Says which folders an indexing run is to work on, and whether it may.
struct FolderRegistration {
    /// The folders that are registered already.
    let known: [StoredFolder]

    /// A folder to work on.
    struct Wanted {
        let name: String
        /// Absolute, links resolved.
        let path: String
        /// Nil where it is not registered yet.
        let folder: StoredFolder?

        var url: URL { URL(fileURLWithPath: path, isDirectory: true) }
    }

    /// The folders that `request` names, or else all that are registered.
    ///
    /// - Throws: `IngestError` where one that was named cannot be read, `KnowledgeBaseError`.
    func wanted(by request: IndexRequest) throws -> [Wanted] {
        if let name = request.name {
            guard request.folders.count == 1 else {
                throw KnowledgeBaseError.nameNeedsOneFolder(count: request.folders.count)
            }
            var all = known.map(\.path)
            return [try wanted(request.folders[0], name: name, beside: &all)]
        }
        guard request.folders.isEmpty else {
            var all = known.map(\.path)
            return try request.folders.map { try wanted($0, name: nil, beside: &all) }
        }
        guard !known.isEmpty else { throw KnowledgeBaseError.noFolders }
        return known.map { Wanted(name: $0.name, path: $0.path, folder: $0) }
    }

    /// Where a folder is registered: without links on the way.
    static func root(_ folder: URL) -> URL { folder.standardizedFileURL.resolvingSymlinksInPath() }

    /// Whether one of two registered paths is the other, or lies in it.
    static func overlap(_ one: String, _ other: String) -> Bool {
        let (one, other) = (one + "/", other + "/")
        return one.hasPrefix(other) || other.hasPrefix(one)
    }

    /// The folder at `path`, which must not overlap `others`; its own path joins them.
    private func wanted(
        _ path: String, name: String?, beside others: inout [String]
    ) throws -> Wanted {
        let url = Self.root(URL(fileURLWithPath: path, isDirectory: true))
        // Refuses what is not a readable folder before anything is written.
        _ = try FolderWalker(root: url)
        for other in others where other != url.path {
            if Self.overlap(url.path, other) {
                throw KnowledgeBaseError.overlappingFolders(path: url.path, registered: other)
            }
        }
        others.append(url.path)
        let folder = known.first { $0.path == url.path }
        return Wanted(
            name: folder?.name ?? name ?? url.lastPathComponent, path: url.path, folder: folder)
    }
}

extension Store {
    /// The folders to work on; those that are not registered yet are.
    func register(_ request: IndexRequest) throws -> [StoredFolder] {
        let known = try read { try $0.folders() }
        return try FolderRegistration(known: known).wanted(by: request).map {
            try $0.folder ?? addFolder(name: $0.name, path: $0.path)
        }
    }
}

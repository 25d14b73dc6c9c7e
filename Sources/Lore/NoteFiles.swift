import Foundation
import LoreCore
import LoreStore

/// Finds notes by the paths that are shown to users, and reads them from disk as they are now.
struct NoteFiles {
    let folders: [StoredFolder]

    init(_ store: Store) throws {
        folders = try store.read { try $0.folders() }
    }

    /// A note's path as it is shown: with its folder's name in front where several are indexed.
    func shownPath(folder: String, path: String) -> String {
        folders.count > 1 ? "\(folder)/\(path)" : path
    }

    /// The file of a note.
    func file(folder: String, shownPath: String) -> URL? {
        guard let stored = folders.first(where: { $0.name == folder }) else { return nil }
        let prefix = folder + "/"
        let path =
            folders.count > 1 && shownPath.hasPrefix(prefix)
            ? String(shownPath.dropFirst(prefix.count)) : shownPath
        return URL(fileURLWithPath: stored.path, isDirectory: true).appending(path: path)
    }

    /// The indexed note that `path` means: as shown, or below its folder where that is unambiguous.
    ///
    /// - Throws: `KnowledgeBaseError.unknownNote`, `.ambiguousNote`.
    func note(_ path: String, in store: Store) throws -> (shown: String, file: URL) {
        let candidates = try store.read { reader in
            try folders.flatMap { folder in
                let below =
                    path.hasPrefix(folder.name + "/")
                    ? [String(path.dropFirst(folder.name.count + 1)), path] : [path]
                return try below.filter { try reader.document($0, in: folder) != nil }
                    .map { (folder: folder, path: $0) }
            }
        }
        let shown = candidates.map { shownPath(folder: $0.folder.name, path: $0.path) }
        let exact = shown.firstIndex(of: path)
        guard let index = exact ?? (candidates.count == 1 ? 0 : nil) else {
            throw candidates.isEmpty
                ? KnowledgeBaseError.unknownNote(path: path)
                : KnowledgeBaseError.ambiguousNote(path: path, candidates: shown.sorted())
        }
        let root = URL(fileURLWithPath: candidates[index].folder.path, isDirectory: true)
        return (shown[index], root.appending(path: candidates[index].path))
    }
}

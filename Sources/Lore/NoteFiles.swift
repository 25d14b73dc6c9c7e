import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Finds notes by the paths that are shown to users, and reads them from disk as they are now.
struct NoteFiles {
    let folders: [StoredFolder]
    let store: Store
    private let reader: DocumentReader

    init(_ store: Store, _ configuration: Configuration) throws {
        self.store = store
        reader = configuration.documentReader
        folders = try store.read { try $0.folders() }
    }

    /// A note as it is on disk now; nil where the index has no such note.
    ///
    /// - Throws: `IngestError`, `StoreError`.
    func text(folder: String, shownPath: String) async throws -> NoteText? {
        guard let stored = folders.first(where: { $0.name == folder }) else { return nil }
        let path = path(shownPath, in: stored)
        guard let note = try store.read({ try $0.document(path, in: stored) }) else { return nil }
        return try await text(of: note)
    }

    func text(of note: StoredDocument) async throws -> NoteText {
        try await reader.text(
            ofFileAt: note.document.path, format: note.document.format,
            isConverted: note.document.isConverted,
            below: URL(fileURLWithPath: note.folderPath, isDirectory: true))
    }

    /// A note's path as it is shown: with its folder's name in front where several are indexed.
    func shownPath(folder: String, path: String) -> String {
        folders.count > 1 ? "\(folder)/\(path)" : path
    }

    /// The file of a note.
    func file(folder: String, shownPath: String) -> URL? {
        guard let stored = folders.first(where: { $0.name == folder }) else { return nil }
        return URL(fileURLWithPath: stored.path, isDirectory: true)
            .appending(path: path(shownPath, in: stored))
    }

    /// The path below its folder of what is shown as `shownPath`.
    private func path(_ shownPath: String, in folder: StoredFolder) -> String {
        let prefix = folder.name + "/"
        return folders.count > 1 && shownPath.hasPrefix(prefix)
            ? String(shownPath.dropFirst(prefix.count)) : shownPath
    }

    /// The indexed note that `path` means: as shown, or below its folder where that is unambiguous.
    ///
    /// - Throws: `KnowledgeBaseError.unknownNote`, `.ambiguousNote`.
    func note(_ path: String) throws -> (shown: String, note: StoredDocument) {
        let candidates = try store.read { reader in
            try folders.flatMap { folder in
                let below =
                    path.hasPrefix(folder.name + "/")
                    ? [String(path.dropFirst(folder.name.count + 1)), path] : [path]
                return try below.compactMap { try reader.document($0, in: folder) }
            }
        }
        let shown = candidates.map { shownPath(folder: $0.folderName, path: $0.document.path) }
        let exact = shown.firstIndex(of: path)
        guard let index = exact ?? (candidates.count == 1 ? 0 : nil) else {
            throw candidates.isEmpty
                ? KnowledgeBaseError.unknownNote(path: path)
                : KnowledgeBaseError.ambiguousNote(path: path, candidates: shown.sorted())
        }
        return (shown[index], candidates[index])
    }
}

extension Configuration {
    var documentReader: DocumentReader { DocumentReader(maxFileBytes: maxFileBytes) }
}

import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Finds notes by the paths that are shown to users, and reads them from disk as they are now.
struct NoteFiles {
    let folders: [StoredFolder]
    let paths: ShownPaths
    let store: Store
    private let reader: DocumentReader

    init(_ store: Store, _ configuration: Configuration) throws {
        self.store = store
        reader = configuration.documentReader
        (folders, paths) = try store.read { (try $0.folders(), try $0.shownPaths()) }
    }

    /// A note as it is on disk now; nil where the index has no such note.
    ///
    /// - Throws: `IngestError`, `StoreError`.
    func text(folder: String, shownPath: String) async throws -> NoteText? {
        guard let stored = folders.first(where: { $0.name == folder }) else { return nil }
        let path = paths.path(of: shownPath, below: folder)
        guard let note = try store.read({ try $0.document(path, in: stored) }) else { return nil }
        return try await text(of: note)
    }

    func text(of note: StoredDocument) async throws -> NoteText {
        try await reader.text(
            ofFileAt: note.document.path, format: note.document.format,
            isConverted: note.document.isConverted,
            below: URL(fileURLWithPath: note.folderPath, isDirectory: true))
    }

    /// The text that a file of a folder has now, as indexing would read it.
    ///
    /// - Returns: Nil where no note is at `path`: there is nothing, a folder, a link, or a file that lore
    ///   does not read.
    /// - Throws: `IngestError` where what is there, or the folder itself, cannot be read.
    func currentText(at path: String, in folder: StoredFolder) async throws -> NoteText? {
        guard let format = DocumentFormat(fileName: Array(path.utf8)) else { return nil }
        do {
            return try await reader.text(
                ofFileAt: path, format: format, isConverted: true, below: folder.url)
        } catch IngestError.notAFile {
            return nil
        } catch IngestError.unreadable(_, let errno) where [ENOENT, ENOTDIR].contains(errno) {
            // A folder that is not mounted takes no note away.
            _ = try FolderWalker(root: folder.url)
            return nil
        }
    }

    /// The path of the note of `hit` below its folder.
    func path(of hit: Hit) -> String {
        paths.path(of: hit.path, below: hit.folder)
    }

    /// The file of a note.
    func file(folder: String, shownPath: String) -> URL? {
        guard let stored = folders.first(where: { $0.name == folder }) else { return nil }
        return URL(fileURLWithPath: stored.path, isDirectory: true)
            .appending(path: paths.path(of: shownPath, below: folder))
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
        let shown = candidates.map { paths.shown($0.document.path, in: $0.folderName) }
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

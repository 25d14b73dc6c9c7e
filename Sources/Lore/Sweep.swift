import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Counts the files that have changed since they were indexed: by what the file system says of
/// them, without reading more than a few.
struct Sweep {
    /// Files that are read to see whether a changed stamp means changed bytes; where there are more,
    /// all count as changed.
    static let maxFiles = 50
    /// Bytes of them.
    static let maxBytes: Int64 = 20_000_000

    let store: Store
    let reader: DocumentReader
    /// One, where a search runs beside it.
    var threads = 2

    /// What a sweep saw of one folder.
    struct Look {
        /// Files added, changed and gone; a moved one counts once.
        let changes: Int
        /// Paths of the folders that it looked into.
        let folders: [String]
    }

    /// Files added, changed and gone in all registered folders.
    ///
    /// - Throws: `IngestError` where a folder cannot be walked, `StoreError`.
    func changes() throws -> Int {
        try store.read { try $0.folders() }.reduce(0) { try $0 + look(at: $1).changes }
    }

    /// - Throws: As `changes`.
    func look(at folder: StoredFolder) throws -> Look {
        let (listing, delta) = try FolderDelta.look(
            at: folder, in: store, rules: .sweep, threads: threads)
        let changes =
            delta.candidates.count - touched(delta.candidates, in: folder)
            + delta.vanished.count - moved(delta)
        return Look(changes: changes, folders: listing.folders)
    }

    /// New files that are old ones under another name.
    private func moved(_ delta: FolderDelta) -> Int {
        let gone = Set(delta.vanished.map(\.file.inode))
        return delta.candidates.count { $0.stamp == nil && gone.contains($0.entry.inode) }
    }

    /// Candidates whose bytes are those that were indexed.
    private func touched(_ candidates: [FolderDelta.Candidate], in folder: StoredFolder) -> Int {
        let alike = candidates.filter { $0.stamp?.file.size == $0.entry.size }
        let bytes = alike.reduce(0) { $0 + $1.entry.size }
        guard alike.count <= Self.maxFiles, bytes <= Self.maxBytes else { return 0 }
        return alike.count { candidate in
            // What cannot be read just now has changed in some way.
            let hash = try? reader.contentHash(ofFileAt: candidate.entry.path, below: folder.url)
            return hash != nil && hash == candidate.stamp?.contentHash
        }
    }
}

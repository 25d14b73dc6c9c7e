import LoreIngest
import LoreLinearAlgebra
import LoreStore
import Synchronization

extension FolderDelta {
    /// Walks `folder` while the store tells what it remembers of it.
    ///
    /// - Parameters:
    ///   - folder: A registered folder.
    ///   - store: The index.
    ///   - rules: Which files count as known.
    ///   - threads: One, where other work is more urgent; else two.
    /// - Returns: What the walk found, and how it differs.
    /// - Throws: `IngestError` where the folder itself cannot be read, `StoreError`.
    static func look(
        at folder: StoredFolder, in store: Store, rules: Rules, threads: Int = 2
    ) throws -> (listing: FolderListing, delta: FolderDelta) {
        let walk = Mutex<Result<FolderListing, any Error>?>(nil)
        let memory = Mutex<Result<Memory, any Error>?>(nil)
        Parallel.forEach(2, threads: threads) { side in
            if side == 0 {
                let listing = Result { try FolderWalker(root: folder.url).walk() }
                walk.withLock { $0 = listing }
            } else {
                let known = Result { try Memory(of: folder, in: store) }
                memory.withLock { $0 = known }
            }
        }
        guard let listing = try walk.withLock({ $0 })?.get(),
            let known = try memory.withLock({ $0 })?.get()
        else { preconditionFailure("a side of the look did not run") }
        return (
            listing,
            FolderDelta(
                listing: listing, stamps: known.stamps, refused: known.refused, rules: rules)
        )
    }
}

/// What the index remembers of a folder.
private struct Memory {
    let stamps: [DocumentStamp]
    let refused: [RefusedFile]

    init(of folder: StoredFolder, in store: Store) throws {
        (stamps, refused) = try store.read {
            (try $0.stamps(of: folder), try $0.refusedFiles(of: folder))
        }
    }
}

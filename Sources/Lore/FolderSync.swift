import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Makes the text of one folder in the index equal to the folder on disk; vectors come after.
struct FolderSync {
    let store: Store
    let reader: DocumentReader
    let chunker: Chunker
    /// Which notes that were cut another way stay so.
    let keptCut: KeptCut
    let folder: StoredFolder
    /// Reads files also where size and times have not changed.
    let rereadsEverything: Bool
    /// Called with the files done and all of them.
    let progress: (Int, Int) -> Void

    /// What became of the folder's notes.
    struct Outcome {
        var added = 0
        var changed = 0
        var moved = 0
        var deleted = 0
        var unchanged = 0
        /// Of the notes added, changed and moved.
        var chunks = 0
        var skipped: [SkippedFile] = []
        var notices: [String] = []
    }

    private var root: URL { URL(fileURLWithPath: folder.path, isDirectory: true) }

    /// Brings the folder up to date, each note in a transaction of its own.
    ///
    /// - Throws: `IngestError` where the folder itself cannot be read, `StoreError`; what is wrong
    ///   with a single file is in the outcome.
    func run() async throws -> Outcome {
        let listing = try FolderWalker(root: root).walk()
        let known = try store.read { try $0.stamps(of: folder) }
        var outcome = Outcome()
        outcome.skipped = listing.failures
        var vanished = Vanished(known: known, listing: listing)
        for (index, entry) in listing.files.enumerated() {
            try Task.checkCancellation()
            try await bring(entry, known[entry.path], &vanished, &outcome)
            progress(index + 1, listing.files.count)
        }
        for stamp in vanished.documents {
            _ = try apply(FolderChanges(removals: [stamp.id]))
            outcome.deleted += 1
        }
        outcome.skipped.sort { $0.path < $1.path }
        return outcome
    }

    /// Brings one file up to date.
    ///
    /// What could not be opened just now stays as it was; what is no note any more goes, so that
    /// nothing answers from text that is gone.
    private func bring(
        _ entry: FileEntry, _ stamp: DocumentStamp?, _ vanished: inout Vanished,
        _ outcome: inout Outcome
    ) async throws {
        if let stamp, !rereadsEverything, isCurrent(stamp), stamp.file == FileStamp(entry) {
            outcome.unchanged += 1
            return
        }
        do {
            let note = try await reader.read(entry, below: root)
            try replace(note, FileStamp(entry), stamp, &vanished, &outcome)
        } catch let error as IngestError {
            outcome.skipped.append(
                SkippedFile(path: entry.path, reason: error.reason(at: entry.path)))
            if let stamp, error.saysTextIsGone {
                _ = try apply(FolderChanges(removals: [stamp.id]))
                outcome.deleted += 1
            }
        }
    }

    private func replace(
        _ note: ReadDocument, _ file: FileStamp, _ stamp: DocumentStamp?,
        _ vanished: inout Vanished, _ outcome: inout Outcome
    ) throws {
        let hash = note.document.contentHash
        // Touched, not changed: writing nothing costs the next run one more look at the bytes.
        if let stamp, isCurrent(stamp), stamp.contentHash == hash {
            outcome.unchanged += 1
            return
        }
        if let notice = note.notice { outcome.notices.append("\(note.document.path): \(notice)") }
        let source = stamp == nil ? vanished.take(hash) : nil
        let counts = try apply(
            FolderChanges(updates: [
                DocumentUpdate(
                    document: note.document, file: file, chunking: chunker.fingerprint,
                    chunks: chunker.chunks(of: note), movedFrom: source?.id)
            ]))
        outcome.chunks += counts.added + counts.kept
        switch (stamp, source) {
        case (nil, nil): outcome.added += 1
        case (nil, .some): outcome.moved += 1
        default: outcome.changed += 1
        }
    }

    private func isCurrent(_ stamp: DocumentStamp) -> Bool {
        keptCut.serves(stamp.chunking)
    }

    private func apply(_ changes: FolderChanges) throws -> ChunkCounts {
        try store.apply(changes, to: folder, at: Date())
    }
}

/// The notes of the index whose files a walk did not find.
private struct Vanished {
    /// In the order of their rows.
    private(set) var documents: [DocumentStamp]

    /// What lies below a folder that could not be listed has not vanished.
    init(known: [String: DocumentStamp], listing: FolderListing) {
        let present = Set(listing.files.map(\.path))
        let hidden = listing.unreadableFolders.map { $0.isEmpty ? "" : $0 + "/" }
        documents = known.filter { path, _ in
            !present.contains(path) && !hidden.contains { path.hasPrefix($0) }
        }.values.sorted { $0.id < $1.id }
    }

    /// Takes out a note with this content: it was not deleted but moved.
    mutating func take(_ hash: ContentHash) -> DocumentStamp? {
        guard let index = documents.firstIndex(where: { $0.contentHash == hash }) else {
            return nil
        }
        return documents.remove(at: index)
    }
}

extension FileStamp {
    fileprivate init(_ entry: FileEntry) {
        self.init(
            size: entry.size, modifiedNanoseconds: entry.modifiedNanoseconds,
            changedNanoseconds: entry.changedNanoseconds, inode: entry.inode)
    }
}

extension IngestError {
    /// The words after the path, which is told apart.
    fileprivate func reason(at path: String) -> String {
        let prefix = "'\(path)' "
        return description.hasPrefix(prefix)
            ? String(description.dropFirst(prefix.count)) : description
    }

    /// Whether the file no longer holds the text it held, rather than being out of reach just now.
    fileprivate var saysTextIsGone: Bool {
        switch self {
        case .binary, .notUTF8, .tooLarge, .notAFile: true
        case .unreadable(_, let errno): errno == ENOENT
        case .changedWhileRead, .rootNotFound, .rootNotAFolder, .rootUnreadable: false
        }
    }
}

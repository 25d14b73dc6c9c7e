import Foundation
import LoreLinearAlgebra
import LoreStore

/// Gathers notes and writes many in one transaction, beside the reading of the next.
///
/// The full-text index merges once a transaction, and each writes anew most pages of the indexes by
/// hash: many small ones cost several times the bytes. But a note must be found soon, so the first
/// transactions are small; and a kill must lose little, so they grow only to the work of seconds.
struct WriteBatch {
    /// Notes of a transaction, at most.
    private static let notes = 8_192
    /// Bytes of text after which the first transaction is full; each one after takes twice as many.
    private static let firstBytes = 1_000_000
    /// Bytes of text after which any transaction is full.
    private static let mostBytes = 16_000_000
    /// Pauses after which any transaction begins, however small; the first one begins at once, each
    /// after waits twice as long.
    private static let mostPauses = 8

    let store: Store
    let folder: StoredFolder
    private var updates: [DocumentUpdate] = []
    private var gathered = 0
    private var room = Self.firstBytes
    private var patience = 1
    private var pauses = 0
    private var writing: Task<Void, any Error>?

    init(store: Store, folder: StoredFolder) {
        self.store = store
        self.folder = folder
    }

    /// Adds a note, and begins to write where that makes enough.
    mutating func add(_ change: ChangeLog.Change) async throws {
        updates.append(change.update)
        gathered += change.draft.chunks.reduce(0) { $0 + $1.text.utf8.count }
        if updates.count >= Self.notes || gathered >= room { try await write() }
    }

    /// Begins to write where what has gathered has waited long enough.
    mutating func pause() async throws {
        pauses += 1
        if pauses >= patience { try await write() }
    }

    /// Begins to write what has gathered, once the transaction before has ended.
    private mutating func write() async throws {
        try await finishWriting()
        guard !updates.isEmpty else { return }
        begin(FolderChanges(updates: updates))
        updates.removeAll()
        gathered = 0
        pauses = 0
        room = min(2 * room, Self.mostBytes)
        patience = min(2 * patience, Self.mostPauses)
    }

    /// Writes all that has gathered and waits until it is there.
    mutating func finish() async throws {
        try await write()
        try await finishWriting()
    }

    /// Removes documents and sets stamps, after all that was added before.
    mutating func finish(
        removing rows: [Int64], restamping stamps: [Int64: FileStamp]
    ) async throws {
        try await finish()
        for start in stride(from: 0, to: rows.count, by: Self.notes) {
            let part = rows[start..<min(start + Self.notes, rows.count)]
            begin(FolderChanges(removals: Array(part)))
            try await finishWriting()
            try Task.checkCancellation()
        }
        guard !stamps.isEmpty else { return }
        begin(FolderChanges(restamps: stamps))
        try await finishWriting()
    }

    /// A task of its own: a transaction that has begun is not cancelled with the run.
    private mutating func begin(_ changes: FolderChanges) {
        let (store, folder) = (store, folder)
        writing = Task {
            try await Parallel.offPool {
                _ = try store.apply(changes, to: folder, at: Date())
            }
        }
    }

    private mutating func finishWriting() async throws {
        let task = writing
        writing = nil
        try await task?.value
    }
}

extension ChangeLog.Change {
    fileprivate var update: DocumentUpdate {
        DocumentUpdate(
            document: draft.document, file: draft.file, chunking: draft.chunking,
            chunks: draft.chunks, movedFrom: kind == .moved ? before?.id : nil)
    }
}

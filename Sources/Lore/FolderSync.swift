import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Makes the text of one folder in the index equal to the folder on disk; vectors come after.
struct FolderSync {
    let store: Store
    let reader: DocumentReader
    let chunker: Chunker
    /// Which notes may stay as they were cut.
    let keptCut: KeptCut
    let folder: StoredFolder
    /// Reads files also where size and times have not changed.
    let rereadsEverything: Bool
    /// Files read at once.
    let threads: Int
    /// Called with the files read, those to read, and the chunks they gave.
    let progress: (Int, Int, Int) -> Void

    /// The time after which the first notes that were read are written though they are few.
    private static let pause = Duration.milliseconds(500)

    /// What a walk of the folder found, beside what the index remembers.
    struct Look {
        let failures: [SkippedFile]
        let delta: FolderDelta

        /// Whether there is anything to read or to write.
        var hasNews: Bool { !delta.candidates.isEmpty || !delta.vanished.isEmpty }
    }

    /// Walks the folder; reads no file and writes nothing.
    ///
    /// - Throws: `IngestError` where the folder itself cannot be read, `StoreError`.
    func look() throws -> Look {
        let (listing, delta) = try FolderDelta.look(at: folder, in: store, rules: rules)
        return Look(failures: listing.failures, delta: delta)
    }

    /// Brings the folder up to date with `look`, many notes in a transaction, the deletions last: a
    /// text that has gone from one note to another keeps its vector.
    ///
    /// A cancelled run has written what it has read.
    ///
    /// - Throws: `StoreError`, `CancellationError`; what is wrong with a single file is in the
    ///   outcome.
    func run(_ look: Look) async throws -> ChangeLog.Outcome {
        var log = ChangeLog(look.delta, failures: look.failures)
        try await write(look.delta.candidates, &log)
        log.countGone()
        try store.remember(log.rememberedRefusals, refusedIn: folder)
        return log.outcome
    }

    private var rules: FolderDelta.Rules {
        FolderDelta.Rules(
            keptCut: keptCut, rereadsEverything: rereadsEverything, retriesRefused: true)
    }

    private func write(
        _ candidates: [FolderDelta.Candidate], _ log: inout ChangeLog
    ) async throws {
        var batch = WriteBatch(store: store, folder: folder)
        do {
            try await read(candidates, &log, into: &batch)
        } catch let error as CancellationError {
            try await batch.finish()
            throw error
        }
        try await batch.finish(
            removing: log.gone.map(\.id), restamping: log.stampsWorthWriting)
    }

    private func read(
        _ candidates: [FolderDelta.Candidate], _ log: inout ChangeLog,
        into batch: inout WriteBatch
    ) async throws {
        let reading = NoteReading(
            reader: reader, chunker: chunker, keptCut: keptCut, root: folder.url,
            threads: threads)
        var done = 0
        try await reading.forEach(candidates, pausingEach: Self.pause) { event in
            guard case .read(let candidate, let reading) = event else {
                return try await batch.pause()
            }
            if let change = log.change(candidate, reading) { try await batch.add(change) }
            done += 1
            progress(done, candidates.count, log.outcome.chunks)
        }
    }
}

extension ChangeLog {
    /// The new stamps of touched files, where they are so many that a sweep would not look into
    /// them all; else none: touching a note writes nothing.
    fileprivate var stampsWorthWriting: [Int64: FileStamp] {
        touched.count > Sweep.maxFiles || touchedBytes > Sweep.maxBytes ? touched : [:]
    }
}

extension StoredFolder {
    var url: URL { URL(fileURLWithPath: path, isDirectory: true) }
}

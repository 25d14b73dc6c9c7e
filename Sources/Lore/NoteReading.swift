import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Reads and cuts several files at once and hands them over in their order.
struct NoteReading: Sendable {
    let reader: DocumentReader
    let chunker: Chunker
    /// Which notes may stay as they were cut.
    let keptCut: KeptCut
    let root: URL
    /// Files read at once.
    let threads: Int

    /// What reading a file gave.
    enum Reading: Sendable {
        case note(NoteDraft)
        /// Another stamp, the same bytes.
        case touched(DocumentStamp)
        case refused(IngestError)
    }

    /// What happens while files are read.
    enum Event {
        case read(FolderDelta.Candidate, Reading)
        /// Some time has passed: what has gathered may be written.
        case pause
    }

    private enum Arrival: Sendable {
        case file(Int, Reading)
        case tick
    }

    /// Reads `candidates` and calls `body` with each, in their order, and with a pause each
    /// `interval`.
    ///
    /// - Throws: What `body` throws; `CancellationError`.
    func forEach(
        _ candidates: [FolderDelta.Candidate], pausingEach interval: Duration,
        _ body: (Event) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Arrival.self) { group in
            defer { group.cancelAll() }
            var ahead = ReadAhead(candidates, threads: threads)
            group.addTask { try await Self.tick(after: interval) }
            while !ahead.isDone {
                try Task.checkCancellation()
                while let (index, candidate) = ahead.start() {
                    group.addTask { .file(index, try await reading(candidate)) }
                }
                switch try await group.next() {
                case .file(let index, let reading): ahead.arrived(reading, at: index)
                case .tick, nil:
                    try await body(.pause)
                    group.addTask { try await Self.tick(after: interval) }
                }
                while let (candidate, reading) = ahead.next() {
                    try await body(.read(candidate, reading))
                }
            }
        }
    }

    private static func tick(after interval: Duration) async throws -> Arrival {
        try await Task.sleep(for: interval)
        return .tick
    }

    private func reading(_ candidate: FolderDelta.Candidate) async throws -> Reading {
        do {
            if let stamp = try touched(candidate) { return .touched(stamp) }
            let note = try await reader.read(candidate.entry, below: root)
            return .note(
                NoteDraft(
                    document: note.document, file: FileStamp(candidate.entry),
                    chunking: chunker.fingerprint, chunks: chunker.chunks(of: note),
                    notice: note.notice))
        } catch let error as IngestError {
            return .refused(error)
        }
    }

    /// The stamp of a note that says what it said, before it is taken apart or even converted.
    private func touched(_ candidate: FolderDelta.Candidate) throws -> DocumentStamp? {
        guard let stamp = candidate.stamp, keptCut.serves(stamp.chunking),
            stamp.file.size == candidate.entry.size,
            try reader.contentHash(ofFileAt: candidate.entry.path, below: root)
                == stamp.contentHash
        else { return nil }
        return stamp
    }
}

/// A note that was read and cut, without its text.
struct NoteDraft: Sendable {
    let document: Document
    let file: FileStamp
    let chunking: ChunkingFingerprint
    let chunks: [Chunk]
    /// What a person should know of it.
    let notice: String?
}

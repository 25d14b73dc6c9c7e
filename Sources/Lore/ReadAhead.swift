import LoreIngest

/// Which files may be read now, so that all cores work and little is held: arrivals come in any
/// order and are handed over in that of the files.
struct ReadAhead {
    /// Files that are read before the one that is handed over next, at most.
    private static let window = 256
    /// Bytes of them at most; a larger file is read alone.
    private static let windowBytes: Int64 = 16_000_000

    private let candidates: [FolderDelta.Candidate]
    private let threads: Int
    private var arrived: [Int: NoteReading.Reading] = [:]
    private var started = 0
    private var running = 0
    private var done = 0
    /// Of the files that were started and not handed over.
    private var bytes: Int64 = 0

    var isDone: Bool { done == candidates.count }

    init(_ candidates: [FolderDelta.Candidate], threads: Int) {
        self.candidates = candidates
        self.threads = threads
    }

    /// The next file to read, or nil where enough are read already.
    mutating func start() -> (index: Int, candidate: FolderDelta.Candidate)? {
        guard started < candidates.count, running < threads, started - done < Self.window else {
            return nil
        }
        let candidate = candidates[started]
        guard started == done || bytes + candidate.entry.size <= Self.windowBytes else {
            return nil
        }
        bytes += candidate.entry.size
        running += 1
        started += 1
        return (started - 1, candidate)
    }

    mutating func arrived(_ reading: NoteReading.Reading, at index: Int) {
        running -= 1
        arrived[index] = reading
    }

    /// The next file to hand over, or nil where it is not there yet.
    mutating func next() -> (candidate: FolderDelta.Candidate, reading: NoteReading.Reading)? {
        guard let reading = arrived.removeValue(forKey: done) else { return nil }
        let candidate = candidates[done]
        bytes -= candidate.entry.size
        done += 1
        return (candidate, reading)
    }
}

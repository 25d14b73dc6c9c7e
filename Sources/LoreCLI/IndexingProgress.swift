import Lore
import Synchronization

/// Shows how far an indexing run has come, and remembers it.
final class IndexingProgress: Sendable {
    private let line: ProgressLine
    private let last = Mutex<[IndexProgress.Phase: IndexProgress]>([:])

    init(isQuiet: Bool) { line = ProgressLine(isQuiet: isQuiet) }

    func show(_ progress: IndexProgress) {
        last.withLock { $0[progress.phase] = progress }
        switch progress.phase {
        case .reading:
            line.show(
                "reading", progress.done, of: progress.total, unit: "files",
                detail: "\(progress.chunks) chunks")
        case .embedding:
            line.show("embedding", progress.done, of: progress.total, unit: "chunks")
        }
    }

    func finish() { line.finish() }

    /// As " after 3 of 10 files"; empty where nothing was to be done yet.
    var whatWasDone: String {
        last.withLock { last in
            if let embedding = last[.embedding] {
                return " after \(embedding.done) of \(embedding.total) chunks were embedded"
            }
            return last[.reading].map { " after \($0.done) of \($0.total) files" } ?? ""
        }
    }
}

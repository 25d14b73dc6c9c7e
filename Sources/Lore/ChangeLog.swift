import Foundation
import LoreCore
import LoreIngest
import LoreStore

/// Tells what became of each file that was read, and keeps count.
struct ChangeLog {
    /// What became of a folder's notes.
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

    /// A note that is to be written.
    struct Change {
        let kind: IndexPlan.Change
        let draft: NoteDraft
        /// What takes the place of it: the note at its path, or the one that was moved.
        let before: DocumentStamp?
    }

    private(set) var outcome = Outcome()
    /// Notes whose files are gone, or are no notes any more.
    private(set) var gone: [DocumentStamp]
    /// Files that say what they said, though their stamps differ, by row.
    private(set) var touched: [Int64: FileStamp] = [:]
    private(set) var touchedBytes: Int64 = 0
    private var refused: [RefusedFile]
    private let hiddenRefused: [RefusedFile]

    /// The files that the index is to remember as refused, in the order of their paths' bytes.
    var rememberedRefusals: [RefusedFile] {
        (refused + hiddenRefused).sorted {
            $0.path.utf8.lexicographicallyPrecedes($1.path.utf8)
        }
    }

    init(_ delta: FolderDelta, failures: [SkippedFile]) {
        gone = delta.vanished
        refused = delta.refused
        hiddenRefused = delta.hiddenRefused
        outcome.unchanged = delta.unchanged
        outcome.skipped = failures + refused.map { SkippedFile(path: $0.path, reason: $0.reason) }
    }

    /// The change that reading `candidate` brought, or nil where there is nothing to write.
    mutating func change(
        _ candidate: FolderDelta.Candidate, _ reading: NoteReading.Reading
    ) -> Change? {
        switch reading {
        case .note(let draft): return change(draft, stamp: candidate.stamp)
        case .touched(let stamp): touch(stamp, candidate.entry)
        case .refused(let error): refuse(candidate, error)
        }
        return nil
    }

    /// Counts the notes that are gone; nothing takes their place any more.
    mutating func countGone() {
        outcome.deleted += gone.count
        outcome.skipped.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private mutating func change(_ draft: NoteDraft, stamp: DocumentStamp?) -> Change {
        if let notice = draft.notice { outcome.notices.append("\(draft.document.path): \(notice)") }
        outcome.chunks += draft.chunks.count
        if let stamp {
            outcome.changed += 1
            return Change(kind: .changed, draft: draft, before: stamp)
        }
        guard let source = takeGone(draft.document.contentHash) else {
            outcome.added += 1
            return Change(kind: .added, draft: draft, before: nil)
        }
        outcome.moved += 1
        return Change(kind: .moved, draft: draft, before: source)
    }

    /// Takes out a vanished note with this content: it was not deleted but moved.
    private mutating func takeGone(_ hash: ContentHash) -> DocumentStamp? {
        gone.firstIndex { $0.contentHash == hash }.map { gone.remove(at: $0) }
    }

    private mutating func touch(_ stamp: DocumentStamp, _ entry: FileEntry) {
        outcome.unchanged += 1
        guard stamp.file != FileStamp(entry) else { return }
        touched[stamp.id] = FileStamp(entry)
        touchedBytes += entry.size
    }

    /// What could not be opened just now stays as it was; what is no note any more goes, so that
    /// nothing answers from text that is gone.
    private mutating func refuse(_ candidate: FolderDelta.Candidate, _ error: IngestError) {
        let path = candidate.entry.path
        let reason = error.reason(at: path)
        outcome.skipped.append(SkippedFile(path: path, reason: reason))
        if let stamp = candidate.stamp, error.saysTextIsGone { gone.append(stamp) }
        guard error.isOfTheFileAsItIs else { return }
        refused.append(
            RefusedFile(
                path: path, file: FileStamp(candidate.entry), reason: reason,
                isLasting: error.isLasting))
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
        case .unreadable(_, ENOENT), .tooLarge, .notAFile: true
        default: isLasting
        }
    }

    /// Whether the error speaks of the file that the walk saw, not of one that has changed since.
    fileprivate var isOfTheFileAsItIs: Bool {
        switch self {
        case .changedWhileRead, .unreadable(_, ENOENT): false
        default: true
        }
    }
}

import LoreCore
import LoreIngest
import LoreStore

/// What a walk says of a folder beside what the index remembers of it; no file is read for it.
///
/// Paths are told apart by their bytes: two names that differ only in how an accent is written are
/// two files.
struct FolderDelta {
    /// A file that must be read to know more.
    struct Candidate: Sendable {
        let entry: FileEntry
        /// What the index has at its path.
        let stamp: DocumentStamp?
    }

    /// Which files count as known.
    struct Rules {
        /// How notes must have been cut; nil: in any way.
        let keptCut: KeptCut?
        /// Whether a file is read though it has not changed.
        let rereadsEverything: Bool
        /// Whether a file that was refused for a passing reason is tried again.
        let retriesRefused: Bool

        /// Asks only whether files have changed.
        static let sweep = Rules(
            keptCut: nil, rereadsEverything: false, retriesRefused: false)
    }

    /// In the order of their paths' bytes.
    private(set) var candidates: [Candidate] = []
    /// Notes whose files are gone, by row.
    private(set) var vanished: [DocumentStamp] = []
    private(set) var unchanged = 0
    /// Files that were refused, have not changed and are not read again.
    private(set) var refused: [RefusedFile] = []
    /// Refused files of which the walk could say nothing.
    private(set) var hiddenRefused: [RefusedFile] = []

    /// - Parameters:
    ///   - listing: What the walk found.
    ///   - stamps: The notes of the index, in the order of their paths' bytes.
    ///   - refused: The files that were refused, in the same order.
    ///   - rules: Which files count as known.
    init(
        listing: FolderListing, stamps: [DocumentStamp], refused: [RefusedFile], rules: Rules
    ) {
        let hidden = HiddenPaths(listing)
        var notes = PathCursor(stamps, path: \.path)
        var refusals = PathCursor(refused, path: \.path)
        var cuts = KnownCuts(kept: rules.keptCut)
        for entry in listing.files {
            let stamp = notes.take(entry.path)
            let refusal = refusals.take(entry.path)
            sort(entry, stamp, refusal, rules, &cuts)
        }
        vanished = notes.passed.filter { !hidden.contains($0.path) }.sorted { $0.id < $1.id }
        hiddenRefused = refusals.passed.filter { hidden.contains($0.path) }
    }

    private mutating func sort(
        _ entry: FileEntry, _ stamp: DocumentStamp?, _ refusal: RefusedFile?, _ rules: Rules,
        _ cuts: inout KnownCuts
    ) {
        let file = FileStamp(entry)
        if let refusal, refusal.file == file, !rules.rereadsEverything,
            refusal.isLasting || !rules.retriesRefused
        {
            refused.append(refusal)
        } else if let stamp, stamp.file == file, !rules.rereadsEverything,
            cuts.serve(stamp.chunking)
        {
            unchanged += 1
        } else {
            candidates.append(Candidate(entry: entry, stamp: stamp))
        }
    }
}

/// Which ways of cutting serve: asked once of each, since all notes have one of few.
private struct KnownCuts {
    let kept: KeptCut?
    private var last: (cut: String, serves: Bool)?

    init(kept: KeptCut?) { self.kept = kept }

    mutating func serve(_ cut: String) -> Bool {
        guard let kept else { return true }
        if let last, last.cut == cut { return last.serves }
        let serves = kept.serves(cut)
        last = (cut, serves)
        return serves
    }
}

/// What a walk could not look at: nothing there may be taken for deleted.
private struct HiddenPaths {
    private let folders: [String]
    private let files: [String]

    init(_ listing: FolderListing) {
        folders = listing.unreadableFolders.map { $0.isEmpty ? "" : $0 + "/" }
        files = listing.failures.map(\.path)
    }

    func contains(_ path: String) -> Bool {
        folders.contains { path.utf8.starts(with: $0.utf8) }
            || files.contains { path.utf8.elementsEqual($0.utf8) }
    }
}

extension FileStamp {
    init(_ entry: FileEntry) {
        self.init(
            size: entry.size, modifiedNanoseconds: entry.modifiedNanoseconds,
            changedNanoseconds: entry.changedNanoseconds, inode: entry.inode)
    }
}

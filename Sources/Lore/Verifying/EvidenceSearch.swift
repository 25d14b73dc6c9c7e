import Foundation
import LoreCore
import LoreIngest
import LoreLinearAlgebra
import LoreStore

/// Looks for words that are missing from their own notes in all other notes, as they are on disk now.
///
/// A note that has not changed since it was indexed is read only where its chunks hold what is wanted;
/// new and changed files are read, all of them.
struct EvidenceSearch {
    let files: NoteFiles
    let missing: [MissingEvidence]
    /// Where the words of each of `missing` stand; nil: nowhere, as far as could be seen.
    private(set) var places: [MovedPlace?]
    /// What could not be searched, a sentence each.
    private(set) var notices: [String] = []

    init(files: NoteFiles, missing: [MissingEvidence]) {
        self.files = files
        self.missing = missing
        places = Array(repeating: nil, count: missing.count)
    }

    /// Finds the place of each: among notes that are equally like the one that was cited, the first by
    /// folder and path.
    ///
    /// - Throws: `StoreError`, `CancellationError`.
    mutating func run() async throws {
        let wanted = missing.compactMap(\.wanted)
        guard !wanted.isEmpty else { return }
        let holders = try await holders(of: wanted)
        for folder in files.folders {
            do {
                for path in try await paths(in: folder, holders) {
                    try await search(path, in: folder)
                }
            } catch let error as IngestError {
                notices.append(Self.notice(error.message))
            }
        }
    }

    /// The rows of indexed notes that hold one of `wanted`, or would if white space did not count.
    private func holders(of wanted: [BytePattern]) async throws -> Set<Int64> {
        // What stands between two chunks, white space, is not in the index.
        let words = Set(wanted.map { Self.withoutBlanks($0.bytes) }).map(BytePattern.init)
        let store = files.store
        return try await Parallel.offPool {
            var holders: Set<Int64> = []
            try store.read { reader in
                try reader.forEachDocumentText { document, bytes in
                    let text = Self.withoutBlanks(bytes)
                    if words.contains(where: { $0.first(in: text) != nil }) {
                        holders.insert(document)
                    }
                }
            }
            return holders
        }
    }

    private static func withoutBlanks(_ bytes: [UInt8]) -> [UInt8] {
        bytes.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    }

    /// The paths of the files to read, in the order of their bytes.
    ///
    /// - Throws: `IngestError` where the folder cannot be walked, `StoreError`.
    private mutating func paths(
        in folder: StoredFolder, _ holders: Set<Int64>
    ) async throws -> [String] {
        let store = files.store
        let (listing, delta) = try await Parallel.offPool {
            try FolderDelta.look(at: folder, in: store, rules: .sweep)
        }
        notices += listing.failures.map { Self.notice("'\($0.path)': \($0.reason)") }
        let holding = try store.read { try $0.stamps(of: folder) }
            .filter { holders.contains($0.id) }.map(\.path)
        return Set(holding + delta.candidates.map(\.entry.path))
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private mutating func search(_ path: String, in folder: StoredFolder) async throws {
        do {
            guard let note = try await files.currentText(at: path, in: folder) else { return }
            for (index, missing) in missing.enumerated() {
                guard let place = missing.place(in: note, at: path, below: folder.name) else {
                    continue
                }
                if places[index].map({ $0.likeness < place.likeness }) ?? true {
                    places[index] = place
                }
            }
        } catch let error as IngestError where error.isLasting {
            // What cannot be read at all is no note.
        } catch let error as IngestError {
            notices.append(Self.notice(error.message))
        }
    }

    private static func notice(_ trouble: String) -> String {
        "not searched for words that have moved: \(trouble)"
    }
}

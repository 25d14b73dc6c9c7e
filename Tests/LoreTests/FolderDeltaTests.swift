import LoreCore
import Testing

@testable import Lore
@testable import LoreIngest
@testable import LoreStore

@Suite struct FolderDeltaTests {
    private func entry(_ path: String, size: Int64 = 1) -> FileEntry {
        FileEntry(
            path: path, size: size, modifiedNanoseconds: 2, changedNanoseconds: 3, inode: 4,
            format: .markdown)
    }

    private func stamp(_ path: String, size: Int64 = 1, row: Int64 = 1, cut: String = "v2/200/t")
        -> DocumentStamp
    {
        DocumentStamp(
            id: row, path: path, file: FileStamp(entry(path, size: size)),
            contentHash: ContentHash(bytes: Array(repeating: 0, count: 32)), chunking: cut)
    }

    private func refused(_ path: String, isLasting: Bool) -> RefusedFile {
        RefusedFile(
            path: path, file: FileStamp(entry(path)), reason: "no", isLasting: isLasting)
    }

    private func listing(
        _ files: [FileEntry], failures: [SkippedFile] = [], unreadable: [String] = []
    ) -> FolderListing {
        FolderListing(
            files: files, failures: failures, unreadableFolders: unreadable, folders: [""])
    }

    private func rules(full: Bool = false) -> FolderDelta.Rules {
        FolderDelta.Rules(
            keptCut: KeptCut(
                wanted: ChunkingFingerprint(version: 2, maxTokens: 200, counter: "t"), room: 254),
            rereadsEverything: full, retriesRefused: true)
    }

    @Test func `new and changed files are read, equal stamps are not, the rest has vanished`() {
        let delta = FolderDelta(
            listing: listing([entry("a"), entry("b", size: 9), entry("d")]),
            stamps: [stamp("b"), stamp("c", row: 2), stamp("d", row: 3)], refused: [],
            rules: rules())

        #expect(delta.candidates.map(\.entry.path) == ["a", "b"])
        #expect(delta.candidates.map { $0.stamp == nil } == [true, false])
        #expect(delta.vanished.map(\.path) == ["c"])
        #expect(delta.unchanged == 1)
    }

    @Test func `a note cut another way is read again, but has not changed for a sweep`() {
        let (files, stamps) = (listing([entry("a")]), [stamp("a", cut: "v1/200/t")])
        let index = FolderDelta(listing: files, stamps: stamps, refused: [], rules: rules())
        let sweep = FolderDelta(listing: files, stamps: stamps, refused: [], rules: .sweep)

        #expect(index.candidates.count == 1)
        #expect(sweep.candidates.isEmpty)
    }

    @Test(arguments: [(true, false, 0), (false, false, 1), (true, true, 1)])
    func `a refused file is read again where its reason may pass, or all is to be read`(
        isLasting: Bool, full: Bool, candidates: Int
    ) {
        let delta = FolderDelta(
            listing: listing([entry("a")]), stamps: [],
            refused: [refused("a", isLasting: isLasting)], rules: rules(full: full))

        #expect(delta.candidates.count == candidates)
        #expect(delta.refused.count == 1 - candidates)
    }

    @Test func `a refused file that has not changed is nothing new for a sweep`() {
        let delta = FolderDelta(
            listing: listing([entry("a")]), stamps: [],
            refused: [refused("a", isLasting: false)], rules: .sweep)
        #expect(delta.candidates.isEmpty)
    }

    @Test func `what could not be looked at has not vanished`() {
        let delta = FolderDelta(
            listing: listing(
                [], failures: [SkippedFile(path: "c.md", reason: "cannot be read")],
                unreadable: ["a"]),
            stamps: [stamp("a-b.md"), stamp("a/x.md", row: 2), stamp("c.md", row: 3)],
            refused: [refused("a/y.md", isLasting: true), refused("b.md", isLasting: true)],
            rules: rules())

        #expect(delta.vanished.map(\.path) == ["a-b.md"])
        #expect(delta.hiddenRefused.map(\.path) == ["a/y.md"])
    }

    @Test func `nothing vanishes from a root that could not be listed`() {
        let delta = FolderDelta(
            listing: listing([], unreadable: [""]), stamps: [stamp("a")], refused: [],
            rules: rules())
        #expect(delta.vanished.isEmpty)
    }
}

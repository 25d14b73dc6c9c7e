import LoreIngest
import Testing

@testable import Lore

@Suite struct ReadAheadTests {
    private func candidates(_ sizes: [Int64]) -> [FolderDelta.Candidate] {
        sizes.enumerated().map { index, size in
            FolderDelta.Candidate(
                entry: FileEntry(
                    path: "\(index)", size: size, modifiedNanoseconds: 0, changedNanoseconds: 0,
                    inode: 0, format: .markdown),
                stamp: nil)
        }
    }

    private let refused = NoteReading.Reading.refused(.binary(path: "", byteOffset: 0))

    @Test func `files are handed over in their order, whichever is read first`() {
        var ahead = ReadAhead(candidates([1, 1, 1]), threads: 2)

        #expect(ahead.start()?.index == 0)
        #expect(ahead.start()?.index == 1)
        #expect(ahead.start() == nil)
        ahead.arrived(refused, at: 1)
        #expect(ahead.next() == nil)
        #expect(ahead.start()?.index == 2)
        ahead.arrived(refused, at: 0)
        #expect(ahead.next()?.candidate.entry.path == "0")
        #expect(ahead.next()?.candidate.entry.path == "1")
        #expect(ahead.next() == nil)
        ahead.arrived(refused, at: 2)
        #expect(ahead.next()?.candidate.entry.path == "2")
        #expect(ahead.isDone)
    }

    @Test func `a large file is read alone`() {
        var ahead = ReadAhead(candidates([1, 40_000_000, 1]), threads: 8)

        #expect(ahead.start()?.index == 0)
        #expect(ahead.start() == nil)
        ahead.arrived(refused, at: 0)
        #expect(ahead.next() != nil)
        #expect(ahead.start()?.index == 1)
        #expect(ahead.start() == nil)
        ahead.arrived(refused, at: 1)
        #expect(ahead.start() == nil)
        #expect(ahead.next() != nil)
        #expect(ahead.start()?.index == 2)
    }

    @Test func `no more is read ahead than a window, though one file takes long`() {
        var ahead = ReadAhead(candidates(Array(repeating: 1, count: 1_000)), threads: 2)
        #expect(ahead.start()?.index == 0)
        var last = 0
        while let started = ahead.start() {
            last = started.index
            ahead.arrived(refused, at: last)
        }
        #expect(last == 255)
    }
}

import Foundation
import LoreCore
import LoreLinearAlgebra
import LoreSearch
import LoreStore
import TestSupport
import Testing

@testable import Lore

/// What a program that keeps an index open finds while the index changes.
@Suite struct CodeCacheTests {
    private let folder: TemporaryFolder
    private let store: Store
    private let notes: StoredFolder
    private let fingerprint = EmbeddingFingerprint(
        model: "test", digest: "00", dimensions: 8, maxTokens: 256, pooling: "mean",
        queryPrefix: "", passagePrefix: "")

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.path + "/lore.db", access: .readWrite)
        notes = try store.addFolder(name: "notes", path: "/home/notes")
    }

    /// Writes a note of one chunk a text; vectors are made of the texts' hashes.
    private func write(_ path: String, _ texts: [String]) throws {
        let chunks = texts.enumerated().map { index, text in
            Chunk(
                id: ChunkID(rawValue: UInt64(bitPattern: Int64(text.hashValue))), heading: [],
                range: SourceRange(bytes: index..<index + 1, lines: 1...1), text: text,
                embeddedTextHash: hash(text))
        }
        let document = Document(
            path: path, format: .markdown, title: path, contentHash: hash(texts.joined()))
        let update = DocumentUpdate(
            document: document,
            file: FileStamp(size: 1, modifiedNanoseconds: 1, changedNanoseconds: 1, inode: 1),
            chunking: ChunkingFingerprint(version: 1, maxTokens: 200, counter: "test"),
            chunks: chunks)
        _ = try store.apply(FolderChanges(updates: [update]), to: notes, at: Date())
    }

    private func hash(_ text: String) -> ContentHash {
        ContentHash(
            bytes: (0..<4 as Range<UInt64>).flatMap { seed -> [UInt8] in
                var hash = 0xCBF2_9CE4_8422_2325 &+ seed
                for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
                return withUnsafeBytes(of: hash) { Array($0) }
            })
    }

    private func embedAll() throws {
        let pending = try store.read { try $0.pendingTexts(for: fingerprint, limit: .max) }
        let values = pending.flatMap { text in
            let numbers = text.hash.bytes.prefix(8).map { Float($0) - 127.5 }
            let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
            return numbers.map { $0 / norm }
        }
        try store.save(
            EmbeddingBatch(
                dimensions: 8, values: values, tokenCounts: pending.map { _ in 1 },
                truncated: pending.map { _ in false }),
            of: pending, madeBy: fingerprint)
    }

    /// The rows nearest to a query, with their cosines.
    private func nearest(_ cache: CodeCache) throws -> [RowMatch] {
        try store.read { reader in
            try cache.index(reader, of: fingerprint).nearest(
                to: [1, 0, 0.5, 0, 0, -1, 0, 0], count: 50, threads: 1,
                exact: StoredVectors(reader: reader, fingerprint: fingerprint))
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>)
    func `an open index follows every change, coded or not`(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let open = CodeCache(threads: 1)
        for step in 0..<30 {
            let note = Int.random(in: 0..<6, using: &random)
            let count = Int.random(in: 0..<300, using: &random)
            try write("\(note).md", (0..<count).map { "text \(note % 2) \($0) \(step % 3)" })
            try embedAll()
            if Bool.random(using: &random) {
                try store.codeVectors(fullBlocksOnly: Bool.random(using: &random))
            }
            let found = try nearest(open)
            #expect(found == (try nearest(CodeCache(threads: 1))))
            let vectors = try store.read { try $0.pendingCount(for: fingerprint) }
            #expect(vectors == 0)
        }
    }

    @Test func `codes that are damaged say how they are mended`() throws {
        try write("a.md", ["one", "two"])
        try embedAll()
        try store.codeVectors(fullBlocksOnly: false) { _ in [0x00, 0xFF] }

        let error = #expect(throws: StoreError.self) { try nearest(CodeCache(threads: 1)) }
        #expect(error?.hint == "run `lore doctor --fix` and then `lore index`")
    }
}

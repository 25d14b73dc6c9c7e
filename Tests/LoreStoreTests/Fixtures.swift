import Foundation
import LoreCore
import LoreStore
import TestSupport

/// A store in a folder of its own.
struct TestStore {
    let folder: TemporaryFolder
    let store: Store
    let notes: StoredFolder

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(path: folder.path + "/lore.db", access: .readWrite)
        notes = try store.addFolder(name: "notes", path: "/home/notes")
    }

    /// The index of `other`, which was closed, opened again.
    init(reopening other: TestStore) throws {
        folder = other.folder
        store = try Store(path: other.store.path, access: .readWrite)
        notes = try store.addFolder(name: "notes", path: "/home/notes")
    }

    /// Writes one note of the given chunks.
    @discardableResult
    func write(
        _ path: String, title: String = "Title", movedFrom: Int64? = nil,
        _ chunks: [(heading: [String], text: String)]
    ) throws -> ChunkCounts {
        let update = documentUpdate(path, title: title, movedFrom: movedFrom, chunks)
        return try store.apply(FolderChanges(updates: [update]), to: notes, at: noon)
    }

    @discardableResult
    func write(_ path: String, title: String = "Title", _ texts: String...) throws -> ChunkCounts {
        try write(path, title: title, texts.map { ([], $0) })
    }

    func remove(_ path: String) throws {
        let stamps = try store.read { try $0.stamps(of: notes) }
        try store.apply(
            FolderChanges(removals: [stamps.first { $0.path == path }?.id ?? -1]), to: notes,
            at: noon)
    }

    func chunks(of path: String) throws -> [StoredChunk] {
        try store.read { reader in
            guard let document = try reader.document(path, in: notes) else { return [] }
            return try reader.chunks(ofDocument: document.row)
        }
    }

    /// Embeds all that is pending: vectors are made of the texts' lengths.
    func embedAll(_ fingerprint: EmbeddingFingerprint = testFingerprint()) throws {
        let pending = try store.read { try $0.pendingTexts(for: fingerprint, limit: .max) }
        try store.save(testBatch(of: pending, fingerprint), of: pending, madeBy: fingerprint)
    }
}

/// The day that the front matter of every test note names.
let testDate = "2026-01-02"

/// 2026-01-02T12:00:00Z.
let noon = Date(timeIntervalSince1970: 1_767_355_200)

func documentUpdate(
    _ path: String, title: String = "Title", movedFrom: Int64? = nil,
    _ chunks: [(heading: [String], text: String)]
) -> DocumentUpdate {
    let content = chunks.map(\.text).joined(separator: "\n")
    let document = Document(
        path: path, format: .markdown, title: title, tags: ["work", "ü \"x\""],
        aliases: ["other"], date: testDate, contentHash: testHash(content))
    var byte = 0
    let cut = chunks.enumerated().map { index, chunk in
        defer { byte += chunk.text.utf8.count }
        let range = SourceRange(
            bytes: byte..<byte + chunk.text.utf8.count, lines: index + 1...index + 1)
        return testChunk(title: title, heading: chunk.heading, text: chunk.text, range: range)
    }
    return DocumentUpdate(
        document: document, file: testStamp(size: Int64(content.utf8.count)),
        chunking: ChunkingFingerprint(version: 1, maxTokens: 200, counter: "test"), chunks: cut,
        movedFrom: movedFrom)
}

func testStamp(size: Int64) -> FileStamp {
    FileStamp(size: size, modifiedNanoseconds: 2, changedNanoseconds: 3, inode: .max - 1)
}

func testChunk(title: String, heading: [String], text: String, range: SourceRange) -> Chunk {
    let embedded = Chunk.embeddedText(
        title: title, heading: heading, date: testDate, text: text)
    let hash = testHash(heading.joined(separator: "\u{1F}") + "\u{1E}" + text)
    let id = hash.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Chunk(
        id: ChunkID(rawValue: id), heading: heading, range: range, text: text,
        embeddedTextHash: testHash(embedded))
}

/// A stand-in for SHA-256: equal texts have equal hashes, and texts of a test unequal ones.
func testHash(_ text: String) -> ContentHash {
    var bytes: [UInt8] = []
    for seed in 0..<4 as Range<UInt64> {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 &+ seed
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        bytes += withUnsafeBytes(of: hash.bigEndian) { Array($0) }
    }
    return ContentHash(bytes: bytes)
}

func testFingerprint(model: String = "test", dimensions: Int = 3) -> EmbeddingFingerprint {
    EmbeddingFingerprint(
        model: model, digest: "00", dimensions: dimensions, maxTokens: 256, pooling: "mean",
        queryPrefix: "", passagePrefix: "")
}

/// The vector of a text is (its bytes, 1, 2 …); a text over 40 bytes counts as cut.
func testBatch(
    of texts: [PendingText], _ fingerprint: EmbeddingFingerprint
) -> EmbeddingBatch {
    EmbeddingBatch(
        dimensions: fingerprint.dimensions,
        values: texts.flatMap { text in
            [Float(text.text.utf8.count)] + (1..<fingerprint.dimensions).map(Float.init)
        },
        tokenCounts: texts.map { $0.text.utf8.count / 4 },
        truncated: texts.map { $0.text.utf8.count > 40 })
}

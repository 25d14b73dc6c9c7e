import Foundation
import LoreCore
import LoreIngest
import TestSupport
import Testing

@Suite struct DocumentReaderTests {
    private let folder: TemporaryFolder
    private let reader = DocumentReader(maxFileBytes: 1000)

    init() throws { folder = try TemporaryFolder() }

    private func read(_ bytes: [UInt8], name: String = "a.md") async throws -> ReadDocument {
        try folder.write(Data(bytes), to: name)
        let entry = try #require(try FolderWalker(root: folder.url).walk().files.first)
        return try await reader.read(entry, below: folder.url)
    }

    private func entry(_ path: String) -> FileEntry {
        FileEntry(
            path: path, size: 1, modifiedNanoseconds: 0, changedNanoseconds: 0, inode: 1,
            format: .markdown)
    }

    @Test func `a note has its bytes, their digest, and a title`() async throws {
        let note = try await read(Array("# Tea\n\nBoil water.\n".utf8))
        #expect(note.document.title == "Tea")
        #expect(note.document.path == "a.md")
        #expect(note.document.format == .markdown)
        #expect(note.text == Array("# Tea\n\nBoil water.\n".utf8))
        // printf '# Tea\n\nBoil water.\n' | sha256sum
        #expect(
            note.document.contentHash.hex
                == "87b99f28adfb6f023b18dce1a2d89e6335bca629ca62bf5742b3e1e461d44d8f")
    }

    @Test(arguments: [
        ("---\ntitle: From YAML\n---\n# Heading\n", "n.md", "From YAML"),
        ("intro\n\n## Second\n\n# First *one*\n\n# Other\n", "n.md", "First one"),
        ("## Only second\n", "my note.v2.md", "my note.v2"),
        ("---\ntitle: \"\"\n---\ntext\n", "n.md", "n"),
        ("# Not a heading here\n", "plain.txt", "plain"),
    ])
    func `the title is that of the front matter, else the first top heading, else the name`(
        text: String, name: String, title: String
    ) async throws {
        #expect(try await read(Array(text.utf8), name: name).document.title == title)
    }

    @Test(arguments: [[], Array("\n\n \t\r\n".utf8), [0xEF, 0xBB, 0xBF]] as [[UInt8]])
    func `a file without text is a note without blocks`(bytes: [UInt8]) throws {
        for name in ["a.md", "a.txt"] {
            let note = try reader.document(
                path: name, format: name == "a.md" ? .markdown : .plainText, bytes: bytes)
            #expect(note.blocks.isEmpty)
            #expect(note.document.title == "a")
        }
    }

    @Test func `a byte-order mark is no text, and ranges are offsets in the file`() async throws {
        let note = try await read([0xEF, 0xBB, 0xBF] + Array("# A\n\ntext\n".utf8))
        #expect(note.document.title == "A")
        #expect(note.blocks.map(\.range.bytes) == [3..<6, 8..<12])
        #expect(note.blocks.map(\.range.lines) == [1...1, 3...3])
    }

    @Test(
        arguments: [
            ([0x61, 0xFF], 1), ([0x61, 0xC3], 1), ([0xC0, 0xAF], 0), ([0xED, 0xA0, 0x80], 0),
            ([0xE2, 0x82], 0), ([0xF4, 0x90, 0x80, 0x80], 0), ([0xC3, 0xA9, 0x80], 2),
            (Array("12345678é12345678".utf8) + [0xF0, 0x9F, 0x98, 0x41], 18),
        ] as [([UInt8], Int)])
    func `bytes that are not UTF-8 are refused with the offset of the first`(
        bytes: [UInt8], offset: Int
    ) {
        #expect(throws: IngestError.notUTF8(path: "a.md", byteOffset: offset)) {
            try reader.document(path: "a.md", format: .markdown, bytes: bytes)
        }
    }

    @Test func `scalars of every plane and length are read`() throws {
        var all: [UInt8] = []
        for value in stride(from: 1, through: 0x10FFFF, by: 7) as StrideThrough<UInt32> {
            guard let scalar = Unicode.Scalar(value) else { continue }
            all += Array(String(scalar).utf8)
        }
        let note = try reader.document(path: "a.txt", format: .plainText, bytes: all)
        #expect(note.text == all)
    }

    @Test func `a NUL byte makes a file binary`() {
        #expect(throws: IngestError.binary(path: "a.md", byteOffset: 2)) {
            try reader.document(path: "a.md", format: .markdown, bytes: [0x61, 0x62, 0, 0xFF])
        }
    }

    @Test func `a file over the limit is refused with both sizes, one at the limit is read`()
        async throws
    {
        #expect(try await read(Array(repeating: 0x61, count: 1000)).text.count == 1000)
        await #expect(throws: IngestError.tooLarge(path: "a.md", bytes: 1001, limit: 1000)) {
            try await read(Array(repeating: 0x61, count: 1001))
        }
    }

    @Test func `a file that is gone is named`() async {
        await #expect(throws: IngestError.unreadable(path: "no.md", errno: ENOENT)) {
            try await reader.read(entry("no.md"), below: folder.url)
        }
    }

    @Test func `a file or folder that a link or pipe has replaced since the walk is not read`()
        async throws
    {
        let outside = try TemporaryFolder()
        try outside.write("secret", to: "a.md")
        for (name, target) in [("a.md", outside.path + "/a.md"), ("d", outside.path)] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + name, withDestinationPath: target)
        }
        #expect(mkfifo(folder.path + "/pipe.md", 0o600) == 0)
        for path in ["a.md", "pipe.md"] {
            await #expect(throws: IngestError.notAFile(path: path)) {
                try await reader.read(entry(path), below: folder.url)
            }
        }
        await #expect(throws: IngestError.unreadable(path: "d/a.md", errno: ENOTDIR)) {
            try await reader.read(entry("d/a.md"), below: folder.url)
        }
    }

    @Test func `windows line ends are blank, not text`() async throws {
        let note = try await read(Array("# A\r\n\r\none\r\ntwo\r\n".utf8))
        #expect(note.document.title == "A")
        #expect(note.blocks.map(\.range.bytes) == [0..<3, 7..<15])
        #expect(note.blocks.map(\.range.lines) == [1...1, 3...4])
    }

    @Test func `plain text has a paragraph between blank lines, and no headings`() async throws {
        let note = try await read(Array("# one\ntwo\n \t\n\n  three  \n".utf8), name: "a.txt")
        #expect(note.blocks.map(\.kind) == [.paragraph, .paragraph])
        #expect(note.blocks.map(\.range.bytes) == [0..<9, 14..<21])
        #expect(note.blocks.map(\.range.lines) == [1...2, 5...5])
    }
}

import Foundation
import LoreCore
import LoreIngest
import TestSupport
import Testing

@Suite struct FolderWalkerTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func paths() throws -> [String] { try listing().files.map(\.path) }

    private func listing() throws -> FolderListing { try FolderWalker(root: folder.url).walk() }

    @Test func `files come in the order of their paths' bytes, at any depth`() throws {
        for path in ["b.md", "a/z.md", "a-b.md", "a/b/c.txt", "a.md", "é.md", "Z.md"] {
            try folder.write("x", to: path)
        }
        #expect(
            try paths() == ["Z.md", "a-b.md", "a.md", "a/b/c.txt", "a/z.md", "b.md", "é.md"])
    }

    @Test func `the end of a name says the format, in any case, and other files are not listed`()
        throws
    {
        let names = [
            "1.md", "2.markdown", "3.mdown", "4.mkd", "5.MD", "6.txt", "7.text", "8.jpg", "9", "md",
        ]
        for name in names { try folder.write("x", to: name) }
        let files = try listing().files
        #expect(files.map(\.path) == Array(names[..<7]))
        #expect(
            files.map(\.format) == Array(repeating: .markdown, count: 5) + [.plainText, .plainText])
    }

    @Test func `an entry tells size, times and inode`() throws {
        let file = try folder.write("12345", to: "a.md")
        let entry = try #require(try listing().files.first)
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(entry.size == 5)
        #expect(entry.inode == (attributes[.systemFileNumber] as? NSNumber)?.uint64Value)
        let modified = try #require(attributes[.modificationDate] as? Date)
        let seconds = Double(entry.modifiedNanoseconds) / 1e9
        #expect(abs(seconds - modified.timeIntervalSince1970) < 0.001)
        #expect(entry.changedNanoseconds >= entry.modifiedNanoseconds)
    }

    @Test(arguments: [
        "with space.md", "#hash.md", "a&b.md", "line\nbreak.md", "🧭.md", "quote'\".md", "%20.md",
        "a\\b.md", "-dash.md", "\u{301}mark.md", "in/\u{301}mark/x.md", "NFC é.md",
        "NFD e\u{301}.md",
    ])
    func `a strange name is listed as it is and can be read`(name: String) async throws {
        // By the descriptor and not by URL, which has its own mind about some of these.
        let path = folder.path + "/" + name
        let parent = String(
            decoding: path.utf8.prefix(upTo: try #require(path.utf8.lastIndex(of: 0x2F))),
            as: UTF8.self)
        try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
        #expect(FileManager.default.createFile(atPath: path, contents: Data("text".utf8)))
        let entry = try #require(try listing().files.first)
        #expect(Array(entry.path.utf8) == Array(name.utf8))
        let note = try await DocumentReader(maxFileBytes: 100).read(entry, below: folder.url)
        #expect(note.text == Array("text".utf8))
    }

    @Test func `hidden files and folders are left out`() throws {
        for path in [".hidden.md", ".git/a.md", "a/.b/c.md", "a/d.md"] {
            try folder.write("x", to: path)
        }
        #expect(try paths() == ["a/d.md"])
    }

    @Test func `ignore files of both kinds hold, nested ones too`() throws {
        for path in ["a.md", "b.md", "c.md", "d/a.md", "d/b.md", "e/x.md", "e/keep.md"] {
            try folder.write("x", to: path)
        }
        try folder.write("a.md\ne/*\n", to: ".gitignore")
        try folder.write("b.md\n!e/keep.md\n", to: ".loreignore")
        try folder.write("!a.md\n", to: "d/.gitignore")
        #expect(try paths() == ["c.md", "d/a.md", "e/keep.md"])
    }

    @Test func `links are not followed, so a loop ends and nothing outside is listed`() throws {
        let outside = try TemporaryFolder()
        try outside.write("secret", to: "secret.md")
        try folder.write("x", to: "a/real.md")
        let links = [
            ("out", outside.path), ("out.md", outside.path + "/secret.md"),
            ("a/loop", folder.path), ("self", "self"), ("in.md", "a/real.md"),
        ]
        for (link, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/" + link, withDestinationPath: target)
        }
        let listing = try listing()
        #expect(listing.files.map(\.path) == ["a/real.md"])
        #expect(listing.failures.isEmpty)
    }

    @Test func `the root itself may be a link`() throws {
        try folder.write("x", to: "notes/a.md")
        let link = folder.url.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(
            atPath: link.path, withDestinationPath: folder.path + "/notes")
        #expect(try FolderWalker(root: link).walk().files.map(\.path) == ["a.md"])
    }

    @Test func `a pipe and a socket are left out`() throws {
        #expect(mkfifo(folder.path + "/pipe.md", 0o600) == 0)
        try folder.write("x", to: "a.md")
        #expect(try paths() == ["a.md"])
    }

    @Test func `a name that is not UTF-8 is a failure, unless no one would read it`() throws {
        for name in [[0x61, 0xFF, 0x2E, 0x6D, 0x64], [0xFF, 0x2E, 0x6A, 0x70, 0x67]] as [[UInt8]] {
            let path = (Array(folder.path.utf8) + [0x2F] + name + [0]).map { CChar(bitPattern: $0) }
            let descriptor = open(path, O_CREAT | O_WRONLY, 0o600)
            #expect(descriptor >= 0)
            close(descriptor)
        }
        try folder.write("x", to: "b.md")
        let listing = try listing()
        #expect(listing.files.map(\.path) == ["b.md"])
        #expect(
            listing.failures == [
                SkippedFile(path: "a\u{FFFD}.md", reason: "its name is not UTF-8; rename it")
            ])
    }

    @Test func `a folder that cannot be read is named and the rest is walked`() throws {
        try folder.write("x", to: "a/x.md")
        try folder.write("x", to: "b.md")
        try FileManager.default.setAttributes(
            [.posixPermissions: 0], ofItemAtPath: folder.path + "/a")
        let listing = try listing()
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: folder.path + "/a")
        // Nothing is closed to root.
        guard geteuid() != 0 else {
            #expect(listing.files.map(\.path) == ["a/x.md", "b.md"])
            return
        }
        #expect(listing.files.map(\.path) == ["b.md"])
        #expect(listing.unreadableFolders == ["a"])
        #expect(
            listing.failures == [
                SkippedFile(path: "a", reason: "cannot be read (Permission denied)")
            ])
    }

    @Test func `a folder too deep is named and nothing below it counts as deleted`() throws {
        let depth = 130
        try folder.write("x", to: String(repeating: "d/", count: depth) + "x.md")
        try folder.write("x", to: "d/y.md")
        let listing = try listing()
        #expect(listing.files.map(\.path) == ["d/y.md"])
        let deepest = String(repeating: "d/", count: 128) + "d"
        #expect(listing.unreadableFolders == [deepest])
        #expect(
            listing.failures == [
                SkippedFile(path: deepest, reason: "lies more than 128 folders deep; move it up")
            ])
    }

    @Test func `a root that is missing or a file is an error that says so`() throws {
        try folder.write("x", to: "a.md")
        let missing = folder.url.appendingPathComponent("no")
        #expect(throws: IngestError.rootNotFound(path: missing.path)) {
            try FolderWalker(root: missing)
        }
        let file = folder.url.appendingPathComponent("a.md")
        #expect(throws: IngestError.rootNotAFolder(path: file.path)) {
            try FolderWalker(root: file)
        }
    }

    @Test func `an empty folder has no files`() throws {
        let listing = try listing()
        #expect(listing.files.isEmpty && listing.failures.isEmpty)
    }
}

import Foundation
import LoreCore
import LoreIngest
import TestSupport
import Testing

@Suite struct ExternalConverterTests {
    @Test func `the text of a PDF is its pages', with the offset at which each begins`()
        async throws
    {
        let fake = try FakeProgram("pdftotext", #"printf 'one\n\ntwo\n\fthree\n\f\ffour\n\f'"#)
        let note = try await fake.read("a.pdf")
        #expect(note.string == "one\n\ntwo\n\nthree\n\n\nfour\n\n")
        #expect(note.document.pages.starts == [0, 10, 17, 18])
        #expect(
            note.blocks.map { note.document.pages.page(at: $0.range.bytes.lowerBound) } == [
                1, 1, 2, 4,
            ])
        #expect(note.document.isConverted)
        #expect(note.document.title == "a")
        #expect(note.document.contentHash == DocumentReader.hash(of: Array("x".utf8)))
        #expect(note.notice == nil)
    }

    @Test func `a PDF without text is a note that says so`() async throws {
        let note = try await FakeProgram("pdftotext", #"printf '\f\f'"#).read("a.pdf")
        #expect(note.blocks.isEmpty)
        #expect(
            note.notice == "it has no text; where its pages are scans, run it through an OCR first")
    }

    @Test func `pandoc's Markdown is read as Markdown, with title and date`() async throws {
        let fake = try FakeProgram(
            "pandoc", #"printf -- '---\ntitle: T\ndate: 2026-01-02\n---\n\n# H\n\ntext\n'"#)
        for name in ["a.docx", "b.odt", "c.epub", "d.rtf"] {
            let note = try await fake.read(name)
            #expect(note.outline == ["h1 H: # H", "paragraph: text"])
            #expect(note.document.title == "T")
            #expect(note.document.date == "2026-01-02")
            #expect(note.document.isConverted)
        }
    }

    @Test func `a program gets the bytes under another name, no input, and hardly an environment`()
        async throws
    {
        let fake = try FakeProgram(
            "pandoc",
            """
            for last; do :; done
            cat "$last"; echo; echo; basename "$last"; echo; cat | wc -c; echo
            env | grep -vE '^(PWD|SHLVL|_)=' | sed -E 's/=.*//' | sort | tr '\\n' ' '; echo; echo; stat -c %a "$(dirname "$last")"
            """)
        let note = try await fake.read("--output=x; rm -rf.docx", Array("body".utf8))
        #expect(
            note.outline == [
                "paragraph: body", "paragraph: note.docx", "paragraph: 0",
                "paragraph: HOME LANG PATH", "paragraph: 700",
            ])
    }

    @Test(arguments: [
        ("a.pdf", "pdftotext", "poppler-utils"), ("a.docx", "pandoc", "pandoc"),
        ("a.odt", "pandoc", "pandoc"), ("a.epub", "pandoc", "pandoc"),
        ("a.rtf", "pandoc", "pandoc"),
    ])
    func `a missing program is named, with what to install`(
        name: String, program: String, package: String
    ) async throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: name)
        // A file that nobody may run, and folders that depend on where lore is run.
        try folder.write("#!/bin/sh\n", to: program)
        let reader = DocumentReader(
            maxFileBytes: 1000,
            converter: ExternalConverter(searchPath: ":.:bin:\(folder.path):/nonexistent"))
        let entry = try #require(
            try FolderWalker(root: folder.url).walk().files.first { $0.path == name })
        await #expect(
            throws: IngestError.converterMissing(path: name, program: program, package: package)
        ) { try await reader.read(entry, below: folder.url) }
    }

    @Test(arguments: [
        ("echo 'it is\u{7} broken' >&2; echo more >&2; exit 3", "it is broken"),
        ("exit 3", "exit status 3"),
        ("kill -9 $$", "ended by signal 9"), ("echo text; exit 1", "exit status 1"),
        ("yes 'no no no' | head -c 3000000 >&2; exit 2", "no no no"),
    ])
    func `a program that fails gives its reason`(script: String, reason: String) async throws {
        let fake = try FakeProgram("pdftotext", script)
        await #expect(
            throws: IngestError.conversionFailed(
                path: "a.pdf", program: "pdftotext", reason: reason)
        ) { try await fake.read("a.pdf") }
    }

    @Test func `a program that fills the error output with complaints and succeeds is heard out`()
        async throws
    {
        let fake = try FakeProgram("pdftotext", "yes | head -c 3000000 >&2; echo text")
        #expect(try await fake.read("a.pdf").string == "text\n")
    }

    @Test func `a program that hangs is ended with all that it started`() async throws {
        let pids = try PIDFile()
        let fake = try FakeProgram(
            "pdftotext", "sleep 600 & echo $$ $! >\(pids.path); wait"
        ).limited { $0.time = .milliseconds(1500) }
        await #expect(
            throws: IngestError.conversionTimedOut(path: "a.pdf", program: "pdftotext", seconds: 1)
        ) { try await fake.read("a.pdf") }
        #expect(try await pids.areGone(2))
    }

    @Test func `a program is ended when the task is cancelled`() async throws {
        let pids = try PIDFile()
        let fake = try FakeProgram("pdftotext", "sleep 600 & echo $$ $! >\(pids.path); wait")
        let task = Task { try await fake.read("a.pdf") }
        while try pids.numbers().count < 2 { try await Task.sleep(for: .milliseconds(5)) }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await pids.areGone(2))
    }

    @Test func `more output than the limit is refused and the program ended`() async throws {
        let pids = try PIDFile()
        let fake = try FakeProgram("pandoc", "echo $$ >\(pids.path); exec yes")
            .limited { $0.outputBytes = 1_000_000 }
        await #expect(
            throws: IngestError.conversionTooLarge(
                path: "a.docx", program: "pandoc", limit: 1_000_000)
        ) { try await fake.read("a.docx") }
        #expect(try await pids.areGone(1))
    }

    #if os(Linux)
        @Test func `a program that eats memory is stopped by the limit`() async throws {
            // tail keeps all of a line that does not end.
            let fake = try FakeProgram(
                "pdftotext", "head -c 2000000000 /dev/zero | tail -n 1 | wc -c"
            )
            .limited { $0.memoryBytes = 100_000_000 }
            let note = try await fake.read("a.pdf")
            #expect(note.string == "0\n")
        }
    #endif

    @Test func `output that is not UTF-8 is read with marks for what is not`() async throws {
        let fake = try FakeProgram("pdftotext", #"printf 'a\377b\n'"#)
        #expect(try await fake.read("a.pdf").string == "a\u{FFFD}b\n")
    }

    @Test func `the text of a converted file is converted again, with its pages`() async throws {
        let folder = try TemporaryFolder()
        try folder.write("x", to: "a.html")
        let reader = DocumentReader(maxFileBytes: 100)
        let text = try await reader.text(
            ofFileAt: "a.html", format: .html, isConverted: true, below: folder.url)
        #expect(String(decoding: text.bytes, as: UTF8.self) == "x\n")
    }
}

/// A file into which a program writes the numbers of the processes that it consists of.
private struct PIDFile {
    private let folder: TemporaryFolder
    var path: String { folder.path + "/pids" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("", to: "pids")
    }

    func numbers() throws -> [String] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return text.hasSuffix("\n")
            ? text.split(whereSeparator: \.isWhitespace).map(String.init) : []
    }

    /// Whether `count` processes were there and none is; one that was killed may take a moment.
    func areGone(_ count: Int) async throws -> Bool {
        let numbers = try numbers()
        guard numbers.count == count else { return false }
        for _ in 0..<500 {
            if try !numbers.contains(where: isAlive) { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return false
    }

    private func isAlive(_ number: String) throws -> Bool {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "ps -o stat= -p \(number)"]
        process.standardOutput = pipe
        try process.run()
        let state = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        // Dead, but nobody has asked for its status yet.
        let isZombie = state.first == UInt8(ascii: "Z")
        return !state.isEmpty && !isZombie
    }
}

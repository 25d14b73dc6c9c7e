import Foundation
import LoreCore
import LoreIngest
import TestSupport
import Testing

/// Small real files, read through the real programs.
@Suite struct ConvertedFilesTests {
    private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures")

    private func read(
        _ name: String, limits: ConversionLimits = ConversionLimits()
    ) async throws -> ReadDocument {
        let converter = ExternalConverter(searchPath: FakeProgram.realPath, limits: limits)
        let reader = DocumentReader(maxFileBytes: 1_000_000, converter: converter)
        let files = try FolderWalker(root: Self.fixtures).walk().files
        let entry = try #require(files.first { $0.path == name })
        return try await reader.read(entry, below: Self.fixtures)
    }

    @Test func `a PDF is read page by page`() async throws {
        let note = try await read("plan.pdf")
        #expect(
            note.outline == [
                "paragraph: Winter tea plan\nGreen tea wants water of eighty degrees\nand two minutes.",
                "paragraph: Buy the spring harvest.",
            ])
        #expect(
            note.blocks.map { note.document.pages.page(at: $0.range.bytes.lowerBound) } == [1, 2])
        #expect(note.document.format == .pdf)
    }

    @Test(arguments: ["plan.docx", "plan.odt", "plan.epub", "plan.rtf"])
    func `an office file has its headings and paragraphs`(name: String) async throws {
        let note = try await read(name)
        let outline = note.outline
        #expect(outline.contains("h1 Brewing: # Brewing"))
        #expect(outline.contains { $0.hasPrefix("paragraph: Green tea wants water of ") })
        #expect(note.string.contains(name == "plan.rtf" ? "Müller" : "Für 李"))
        #expect(!note.string.contains("<div"))
        #expect(note.document.isConverted)
    }

    @Test(arguments: ["plan.docx", "plan.epub"])
    func `an office file's title and date are those it carries, its tables are tables`(
        name: String
    ) async throws {
        let note = try await read(name)
        #expect(note.document.title == "Winter tea plan")
        #expect(note.document.date == "2026-01-05")
        let table = try #require(note.blocks.first { $0.kind == .table })
        #expect(
            String(decoding: note.text[table.range.bytes], as: UTF8.self).hasSuffix(
                "| Black | 95      |"))
    }

    @Test(arguments: [("a.pdf", "pdftotext"), ("a.docx", "pandoc"), ("a.epub", "pandoc")])
    func `a file that is not what its name says is refused with the program's words`(
        name: String, program: String
    ) async throws {
        let folder = try TemporaryFolder()
        try folder.write("words", to: name)
        let entry = try #require(try FolderWalker(root: folder.url).walk().files.first)
        let reader = DocumentReader(
            maxFileBytes: 1000, converter: ExternalConverter(searchPath: FakeProgram.realPath))
        do {
            _ = try await reader.read(entry, below: folder.url)
            Issue.record("it was read")
        } catch IngestError.conversionFailed(name, program, let reason) {
            #expect(!reason.isEmpty && !reason.hasPrefix("exit status"))
        }
    }

    @Test func `a small file that unpacks to a long text is refused`() async throws {
        // Six megabytes of one letter.
        var limits = ConversionLimits()
        limits.outputBytes = 1_000_000
        await #expect(
            throws: IngestError.conversionTooLarge(
                path: "bomb.docx", program: "pandoc", limit: 1_000_000)
        ) { try await read("bomb.docx", limits: limits) }
    }
}

import Foundation
import LoreCore

/// Reads formats that lore itself does not, through programs kept for that: `pdftotext`, `pandoc`.
///
/// A program sees a private copy of the bytes that were read, so that what is converted is what was
/// looked at, under a name of lore's own, so that no file's name becomes an option.
package struct ExternalConverter: Sendable {
    private let searchPath: String
    private let limits: ConversionLimits

    /// - Parameters:
    ///   - searchPath: Folders with `:` between them; those that are not absolute are passed over.
    ///   - limits: Of each conversion.
    package init(searchPath: String, limits: ConversionLimits = ConversionLimits()) {
        self.searchPath = searchPath
        self.limits = limits
    }

    /// Whether a format is read through a program.
    static func reads(_ format: DocumentFormat) -> Bool { Conversion(format) != nil }

    /// Converts a file's bytes; an error calls the file `path`.
    ///
    /// - Throws: `IngestError`: `.converterMissing`, `.conversionFailed`, `.conversionTimedOut`,
    ///   `.conversionTooLarge`; `CancellationError`.
    /// - Precondition: `format` is read through a program.
    func convert(
        _ bytes: [UInt8], format: DocumentFormat, path: String
    ) async throws -> ParsedText {
        guard let conversion = Conversion(format) else {
            preconditionFailure("\(format) is not read through a program")
        }
        let program = conversion.program
        guard let found = ExternalProgram(named: program, in: searchPath) else {
            throw IngestError.converterMissing(
                path: path, program: program, package: conversion.package)
        }
        let outcome = try await run(found, conversion, on: bytes, path: path)
        switch outcome {
        case .output(let output): return conversion.read(output)
        case .failed(let reason):
            throw IngestError.conversionFailed(path: path, program: program, reason: reason)
        case .timedOut:
            throw IngestError.conversionTimedOut(
                path: path, program: program, seconds: Int(limits.time.components.seconds))
        case .tooMuchOutput:
            throw IngestError.conversionTooLarge(
                path: path, program: program, limit: limits.outputBytes)
        }
    }

    private func run(
        _ program: ExternalProgram, _ conversion: Conversion, on bytes: [UInt8], path: String
    ) async throws -> ExternalProgram.Outcome {
        do {
            let folder = try PrivateFolder()
            defer { folder.remove() }
            let file = try folder.write(bytes, to: "note.\(conversion.ending)")
            return try await program.run(
                conversion.arguments(file: file), home: folder.path, limits: limits)
        } catch let error as CancellationError {
            throw error
        } catch {
            // Cancelled while it ran: what the system then says of the killed program is no news.
            try Task.checkCancellation()
            throw IngestError.converterUnusable(
                path: path, program: program.name, reason: "\(error)")
        }
    }
}

/// How one format is converted.
private struct Conversion {
    let program: String
    /// What to install where the program is missing.
    let package: String
    let ending: String
    /// What pandoc calls the format; nil for those that it does not read.
    private let pandocFormat: String?

    init?(_ format: DocumentFormat) {
        switch format {
        case .pdf: (ending, pandocFormat) = ("pdf", nil)
        case .word: (ending, pandocFormat) = ("docx", "docx")
        case .openDocument: (ending, pandocFormat) = ("odt", "odt")
        // Divisions would come out as HTML between the paragraphs.
        case .epub: (ending, pandocFormat) = ("epub", "epub-native_divs-native_spans")
        case .richText: (ending, pandocFormat) = ("rtf", "rtf")
        default: return nil
        }
        program = pandocFormat == nil ? "pdftotext" : "pandoc"
        package = pandocFormat == nil ? "poppler-utils" : "pandoc"
    }

    func arguments(file: String) -> [String] {
        guard let pandocFormat else {
            // In reading order, not as laid out: columns of a page are not to be read across.
            return ["-enc", "UTF-8", "-eol", "unix", file, "-"]
        }
        // Standalone for the title and the date, which come as front matter.
        return [
            "--from", pandocFormat, "--to", "gfm-raw_html", "--standalone", "--wrap=none",
            "--sandbox", file,
        ]
    }

    func read(_ output: [UInt8]) -> ParsedText {
        let text = validUTF8(output)
        return pandocFormat == nil ? PagedText.read(text) : Self.readMarkdown(text)
    }

    private static func readMarkdown(_ text: [UInt8]) -> ParsedText {
        var parsed = text.withUnsafeBufferPointer { MarkdownReader.read($0, from: 0) }
        parsed.extracted = text
        return parsed
    }
}

/// Text of pages with a form feed after each, as `pdftotext` writes it.
enum PagedText {
    /// The text with line breaks for form feeds, and where the pages begin.
    static func read(_ bytes: [UInt8]) -> ParsedText {
        var text = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == formFeed {
            text[offset] = newline
            if offset + 1 < bytes.count { starts.append(offset + 1) }
        }
        var parsed = text.withUnsafeBufferPointer { PlainTextReader.read($0, from: 0) }
        parsed.extracted = text
        parsed.pages = PageMap(starts: starts)
        if parsed.blocks.isEmpty {
            parsed.notice = "it has no text; where its pages are scans, run it through an OCR first"
        }
        return parsed
    }

    private static let formFeed: UInt8 = 0x0C
}

/// A folder in the system's place for temporary files that nobody else may look into.
private struct PrivateFolder {
    let path: String

    init() throws {
        let parent = FileManager.default.temporaryDirectory.path
        var template = Array("\(parent)/lore-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError(code: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    func write(_ bytes: [UInt8], to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return file
    }

    func remove() {
        // What cannot be removed is the system's to clean; the note was read all the same.
        try? FileManager.default.removeItem(atPath: path)
    }
}

import Crypto
package import Foundation
package import LoreCore

/// A note that was read and taken apart, ready to be cut into chunks.
package struct ReadDocument: Sendable {
    package let document: Document
    /// Valid UTF-8: the file's bytes, or what was extracted from them.
    package let text: [UInt8]
    /// In the order of the text; every non-blank byte of the body lies in exactly one.
    package let blocks: [Block]
    /// Where the front matter ends, whose bytes lie in no block; 0 where there is none.
    package let bodyStart: Int
    /// What the user should know of the note though it could be read, without a full stop.
    package let notice: String?

    package init(
        document: Document, text: [UInt8], blocks: [Block], bodyStart: Int = 0,
        notice: String? = nil
    ) {
        self.document = document
        self.text = text
        self.blocks = blocks
        self.bodyStart = bodyStart
        self.notice = notice
    }
}

/// Turns files into documents.
package struct DocumentReader: Sendable {
    private let maxFileBytes: Int
    private let converter: ExternalConverter

    /// - Parameters:
    ///   - maxFileBytes: Larger files are refused.
    ///   - converter: Reads the formats that lore itself does not.
    package init(
        maxFileBytes: Int,
        converter: ExternalConverter = ExternalConverter(
            searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "")
    ) {
        self.maxFileBytes = maxFileBytes
        self.converter = converter
    }

    /// Reads one file that a walk found.
    ///
    /// An empty file is a document without blocks.
    ///
    /// - Throws: `IngestError`: `.unreadable`, `.notAFile`, `.tooLarge`, `.changedWhileRead` where
    ///   the file does not hold still for two attempts, what `document` and a converter throw;
    ///   `CancellationError` where a program was at work.
    package func read(_ entry: FileEntry, below root: URL) async throws -> ReadDocument {
        let bytes = try content(of: entry.path, below: root.path)
        return try await note(path: entry.path, format: entry.format, bytes: bytes)
    }

    /// The text of a note as it is on disk now: what the ranges of its chunks refer to.
    ///
    /// - Throws: As `read`.
    package func text(
        ofFileAt path: String, format: DocumentFormat, isConverted: Bool, below root: URL
    ) async throws -> NoteText {
        let bytes = try content(of: path, below: root.path)
        guard isConverted else { return NoteText(bytes: bytes) }
        let note = try await note(path: path, format: format, bytes: bytes)
        return NoteText(bytes: note.text, pages: note.document.pages)
    }

    private func note(
        path: String, format: DocumentFormat, bytes: [UInt8]
    ) async throws -> ReadDocument {
        guard ExternalConverter.reads(format) else {
            return try document(path: path, format: format, bytes: bytes)
        }
        let parsed = try await converter.convert(bytes, format: format, path: path)
        return Self.document(path: path, format: format, bytes: bytes, parsed)
    }

    /// Takes bytes apart as the file at `path` would be, without the help of programs.
    ///
    /// - Throws: `IngestError`: `.binary`, `.notUTF8`, `.looksLikeLatin1`, `.badEncoding`,
    ///   `.unknownEncoding`, `.malformed`.
    package func document(
        path: String, format: DocumentFormat, bytes: [UInt8]
    ) throws -> ReadDocument {
        let parsed = try parse(bytes, format: format, path: path)
        return Self.document(path: path, format: format, bytes: bytes, parsed)
    }

    private static func document(
        path: String, format: DocumentFormat, bytes: [UInt8], _ parsed: ParsedText
    ) -> ReadDocument {
        let document = Document(
            path: path, format: format, title: parsed.title ?? name(of: path),
            tags: parsed.frontMatter.tags, aliases: parsed.frontMatter.aliases,
            date: parsed.frontMatter.date, isLocalOnly: parsed.frontMatter.isLocalOnly,
            contentHash: hash(of: bytes), isConverted: parsed.extracted != nil, pages: parsed.pages)
        return ReadDocument(
            document: document, text: parsed.extracted ?? bytes, blocks: parsed.blocks,
            bodyStart: parsed.bodyStart, notice: parsed.notice)
    }

    static func parse(_ text: TextBytes, format: DocumentFormat, path: String) -> ParsedText {
        let start = text.starts(with: byteOrderMark) ? byteOrderMark.count : 0
        return switch format {
        case .markdown: MarkdownReader.read(text, from: start)
        case .org: OrgReader.read(text, from: start)
        case .restructuredText: RestructuredTextReader.read(text, from: start)
        case .asciiDoc: AsciiDocReader.read(text, from: start)
        case .sourceCode: SourceCodeReader.read(text, from: start, name: fileName(of: path))
        case .csv, .tsv: TableReader.read(text, from: start)
        case .json: JSONReader.read(text, from: start)
        case .jsonLines: JSONLinesReader.read(text, from: start)
        case .subRip, .webVTT: TranscriptReader.read(text, from: start)
        default: PlainTextReader.read(text, from: start)
        }
    }

    /// The SHA-256 digest of `bytes`.
    package static func hash(of bytes: [UInt8]) -> ContentHash {
        ContentHash(bytes: Array(SHA256.hash(data: bytes)))
    }

    func content(of path: String, below root: String) throws(IngestError) -> [UInt8] {
        for _ in 1...2 {
            if let bytes = try stableContent(of: path, below: root) { return bytes }
        }
        throw .changedWhileRead(path: path)
    }

    /// The file's bytes, or nil where it changed while they were read.
    private func stableContent(
        of path: String, below root: String
    ) throws(IngestError) -> [UInt8]? {
        do {
            let file = try Descriptor.root(root).file(atPath: path)
            let before = try file.status()
            guard before.kind == .file else { throw IngestError.notAFile(path: path) }
            guard before.size <= Int64(maxFileBytes) else {
                throw IngestError.tooLarge(path: path, bytes: before.size, limit: maxFileBytes)
            }
            let bytes = try file.readAll(expecting: Int(before.size), limit: maxFileBytes)
            let isStable = try file.status() == before && bytes.count == Int(before.size)
            return isStable ? bytes : nil
        } catch let error as SystemError {
            // A link where the walk saw a file: O_NOFOLLOW refuses it.
            if error.code == ELOOP { throw .notAFile(path: path) }
            throw .unreadable(path: path, errno: error.code)
        } catch let error as IngestError {
            throw error
        } catch {
            preconditionFailure("reading throws only the two above, not \(error)")
        }
    }

    /// The file's name without folder and extension.
    private static func name(of path: String) -> String {
        let name = fileName(of: path).utf8
        let end = name.lastIndex(of: UInt8(ascii: ".")) ?? name.endIndex
        return String(decoding: end == name.startIndex ? name[...] : name[..<end], as: UTF8.self)
    }

    private static func fileName(of path: String) -> String {
        String(decoding: path.utf8.split(separator: slash).last ?? path.utf8[...], as: UTF8.self)
    }
}

/// That of UTF-8.
let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

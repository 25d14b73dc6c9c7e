public import Foundation
public import LoreCore

extension KnowledgeBase {
    /// A note, or lines of it, as the file has them now; of a converted file, its extracted text.
    ///
    /// - Parameter location: `PATH`, `PATH:LINE` or `PATH:START-END`; a note whose own name ends like
    ///   that is found by its whole name first.
    /// - Returns: The lines, or all of them.
    /// - Throws: `KnowledgeBaseError.unknownNote`, `.ambiguousNote`, `.linesBeyondEnd`.
    public func excerpt(at location: String) async throws -> Excerpt {
        do {
            return try await excerpt(at: NoteLocation(path: location))
        } catch KnowledgeBaseError.unknownNote {
            return try await excerpt(at: NoteLocation(parsing: location))
        }
    }

    /// The lines of a citation and those around it, as the file has them now.
    ///
    /// - Parameters:
    ///   - citation: Of an answer.
    ///   - margin: Lines before and lines after it, as far as the note has any.
    /// - Returns: The lines.
    /// - Throws: `KnowledgeBaseError.unknownNote`; `.linesBeyondEnd` where the note became shorter.
    public func excerpt(around citation: Citation, margin: Int) async throws -> Excerpt {
        let cited = citation.range.lines
        return try await excerpt(of: citation.path) { count in
            let last = max(cited.upperBound, min(count, cited.upperBound + margin))
            return max(1, cited.lowerBound - margin)...last
        }
    }

    private func excerpt(at location: NoteLocation) async throws -> Excerpt {
        try await excerpt(of: location.path) { location.lines ?? 1...max(1, $0) }
    }

    /// The lines of a note that `choice` takes of so many.
    private func excerpt(
        of path: String, choosing choice: (_ count: Int) -> ClosedRange<Int>
    ) async throws -> Excerpt {
        let files = try NoteFiles(opened.reader(), configuration)
        let note = try files.note(path)
        let text = LineIndex(Data(try await files.text(of: note.note).bytes))
        let lines = choice(text.count)
        guard let range = text.bytes(of: lines) else {
            throw KnowledgeBaseError.linesBeyondEnd(path: note.shown, lines: text.count)
        }
        return Excerpt(
            path: note.shown, lines: lines,
            text: String(decoding: text.data[range], as: UTF8.self))
    }

    /// The file that a hit came from.
    public func file(of hit: Hit) -> URL? { file(folder: hit.folder, path: hit.path) }

    /// The file that a citation rests on.
    public func file(of citation: Citation) -> URL? {
        file(folder: citation.folder, path: citation.path)
    }

    /// The file that the words of a checked citation stand in, or stood in.
    public func file(of checked: CheckedCitation) -> URL? {
        file(folder: checked.folder, path: checked.path)
    }

    /// Nil where the index cannot be read any more: a link is a convenience.
    private func file(folder: String, path: String) -> URL? {
        guard let files = try? NoteFiles(opened.reader(), configuration) else { return nil }
        return files.file(folder: folder, shownPath: path)
    }
}

/// Where the lines of a text begin.
private struct LineIndex {
    let data: Data
    /// Offsets of the first byte of each line, and the text's end.
    private let starts: [Int]

    var count: Int { starts.count - 1 }

    init(_ data: Data) {
        self.data = data
        var starts = [0]
        for (offset, byte) in data.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        if starts.last != data.count { starts.append(data.count) }
        self.starts = starts
    }

    /// The bytes of `lines`, line ends included; nil where the text has not so many.
    func bytes(of lines: ClosedRange<Int>) -> Range<Int>? {
        if count == 0 && lines == 1...1 { return 0..<0 }
        guard lines.upperBound <= count else { return nil }
        return starts[lines.lowerBound - 1]..<starts[lines.upperBound]
    }
}

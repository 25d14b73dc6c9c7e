import Foundation
import LoreCore
import LoreIngest
import LoreSearch
import LoreStore

/// Neighbouring chunks of a note, and the bytes of the note from the first's start to the last's end.
struct JoinedPassage {
    /// In the order of the note.
    private(set) var parts: [(stored: StoredChunk, ranked: RankedChunk)]
    private(set) var text: String
    private(set) var range: SourceRange

    var ordinals: ClosedRange<Int> {
        parts[0].stored.ordinal...parts[parts.count - 1].stored.ordinal
    }

    init(_ stored: StoredChunk, _ ranked: RankedChunk) {
        parts = [(stored, ranked)]
        text = stored.chunk.text
        range = stored.chunk.range
    }

    /// This passage with a neighbour; nil where the bytes between them cannot be told.
    ///
    /// - Precondition: `stored` stands next to this passage in its note.
    func joined(
        with stored: StoredChunk, _ ranked: RankedChunk, _ files: DocumentReader
    ) -> JoinedPassage? {
        let other = JoinedPassage(stored, ranked)
        let (left, right) = stored.ordinal < ordinals.lowerBound ? (other, self) : (self, other)
        guard let seam = left.seam(to: right, files) else { return nil }
        var joined = self
        joined.parts = left.parts + right.parts
        joined.text = left.text + seam + right.text
        joined.range = SourceRange(
            bytes: left.range.bytes.lowerBound..<right.range.bytes.upperBound,
            lines: left.range.lines.lowerBound...right.range.lines.upperBound)
        return joined
    }

    /// What stands between this passage and the next one: white space, which no chunk holds.
    ///
    /// Line breaks where there are as many as bytes; else what the file has there, if it is the
    /// note's own text and says the same around.
    private func seam(to next: JoinedPassage, _ files: DocumentReader) -> String? {
        let start = range.bytes.upperBound
        let end = next.range.bytes.lowerBound
        guard start <= end else { return nil }
        let breaks = next.range.lines.lowerBound - range.lines.upperBound
        if breaks == end - start { return String(repeating: "\n", count: breaks) }
        let note = parts[0].stored
        let whole = range.bytes.lowerBound..<next.range.bytes.upperBound
        guard !note.isConverted,
            let bytes = files.bytes(
                in: whole, ofFileAt: note.path,
                below: URL(fileURLWithPath: note.folderPath, isDirectory: true)),
            bytes.starts(with: text.utf8),
            bytes.suffix(next.range.bytes.count).elementsEqual(next.text.utf8)
        else { return nil }
        let between = bytes[range.bytes.count..<(range.bytes.count + end - start)]
        return PassageText.normalized(between).isEmpty
            ? String(decoding: between, as: UTF8.self) : nil
    }
}

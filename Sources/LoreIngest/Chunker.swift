package import LoreCore

/// Cuts notes into chunks that an embedding model reads whole.
///
/// A section starts a new chunk; small neighbours under one parent share one (see `Section.group`).
/// A heading goes with what follows it. A block stays whole where it fits, else it is cut where its
/// kind allows: a list between items, a table between rows, code at blank lines, prose between
/// sentences, then anything between words, at last between characters (see `PieceCutter`). Which
/// neighbours share a chunk is chosen by `ChunkPacker`.
///
/// - Chunks do not overlap, each is one range of the file without blank lines around it, and every
///   non-blank byte of the body lies in one.
/// - Chunks have at most `maxTokens` tokens, title, heading path, date and lead included. Where
///   those alone take more than three quarters of it, outer headings are left out of the path; where
///   the title alone does, the text still gets a quarter.
/// - The parts of a table that is cut all carry its head, as their lead.
/// - Equal bytes give equal chunks, and an edit changes few chunks but those it touches.
/// - Complexity: Linear in the bytes of the note; each block is counted once, one that is cut once
///   more for each kind of cut.
package struct Chunker: Sendable {
    /// Raised when equal input gives other chunks.
    private static let version = 2

    private let counter: any TokenCounter
    private let maxTokens: Int

    /// - Parameters:
    ///   - counter: Counts of texts parted by white space must add up, as those of word pieces do.
    ///   - maxTokens: Tokens of a chunk's text, title and heading path together.
    /// - Precondition: `maxTokens` is at least 8.
    package init(counter: any TokenCounter, maxTokens: Int) {
        precondition(maxTokens >= 8, "maxTokens is \(maxTokens)")
        self.counter = counter
        self.maxTokens = maxTokens
    }

    /// How this chunker cuts; notes cut under another fingerprint are to be cut anew.
    package var fingerprint: ChunkingFingerprint {
        ChunkingFingerprint(version: Self.version, maxTokens: maxTokens, counter: counter.name)
    }

    /// The chunks of a note in the order of the file; none for a note without text.
    package func chunks(of note: ReadDocument) -> [Chunk] {
        note.text.withUnsafeBufferPointer { text in
            let measure = TokenMeasure(text: text, counter: counter, maxTokens: maxTokens)
            let counts = note.blocks.map { measure.tokens(in: $0.range.bytes) }
            let document = note.document
            var writer = ChunkWriter(text: text, title: document.title, date: document.date)
            for section in Section.group(note.blocks, counts: counts, maxTokens: maxTokens) {
                let label = Label(section.path, of: document, measure: measure)
                let units = Unit.units(of: note.blocks[section.blocks], counts: counts)
                for chunk in pack(units, room: label.room, measure: measure) {
                    writer.write(chunk.bytes, path: label.path, lead: chunk.lead)
                }
            }
            return writer.chunks
        }
    }

    /// The bytes of a section's chunks, each with its lead.
    private func pack(
        _ units: [Unit], room: Int, measure: TokenMeasure
    ) -> [(bytes: Range<Int>, lead: Range<Int>?)] {
        var cutter = PieceCutter(measure: measure, room: room)
        for unit in units { cutter.add(unit) }
        let pieces = cutter.pieces
        let anchors = Anchors(text: measure.text, pieces: pieces, reach: room).indices
        let packer = ChunkPacker(pieces: pieces, room: room, maxBytes: measure.maxBytes)
        return packer.chunks(anchors: anchors).map { chunk in
            let first = pieces[chunk.lowerBound]
            let end = pieces[chunk.upperBound - 1].bytes.upperBound
            return (first.bytes.lowerBound..<end, first.lead?.bytes)
        }
    }
}

/// What stands above the text of a section's chunks, and what it leaves them.
private struct Label {
    /// The innermost headings that leave the text a quarter of a chunk.
    private(set) var path: [String]
    /// Tokens that the text of a chunk may have.
    private(set) var room: Int

    init(_ path: [String], of document: Document, measure: TokenMeasure) {
        let least = measure.maxTokens / 4
        let room = { (path: [String]) in
            measure.maxTokens
                - measure.tokens(title: document.title, path: path, date: document.date)
        }
        self.path = path
        self.room = room(path)
        while self.room < least, !self.path.isEmpty {
            self.path.removeFirst()
            self.room = room(self.path)
        }
        self.room = max(self.room, least)
    }
}

/// Counts tokens of parts of one note.
struct TokenMeasure {
    /// Stands for "too long for any chunk": it is not worth counting.
    static let tooMany = Int.max / 4

    let text: TextBytes
    let counter: any TokenCounter
    let maxTokens: Int

    /// Bytes of a chunk at most.
    ///
    /// Word pieces stand for some four bytes; white space and words that
    /// the vocabulary does not know cost next to no tokens, but a chunk is there to be read.
    var maxBytes: Int { maxTokens * 32 }

    /// The tokens in `range`, or `tooMany` where it has more than `maxBytes`.
    func tokens(in range: Range<Int>) -> Int {
        guard range.count <= maxBytes else { return Self.tooMany }
        return counter.countTokens(TextBytes(rebasing: text[range]))
    }

    /// The tokens that title, heading path and date add to the text.
    func tokens(title: String, path: [String], date: String?) -> Int {
        var label = Chunk.embeddedText(title: title, heading: path, date: date, text: "")
        return label.withUTF8 { counter.countTokens($0) }
    }
}

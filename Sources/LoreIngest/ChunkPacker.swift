import LoreCore

/// Packs the pieces of a note into chunks, first come, first packed.
struct ChunkPacker {
    private let measure: TokenMeasure
    private let title: String
    private let date: String?
    private var path: [String] = []
    /// Tokens that the text of a chunk may have under the present title and path.
    private var room = 0
    private var open: OpenChunk?
    /// What a chunk that begins now must carry, as it begins inside a block with a lead.
    private var lead: CountedRange?
    private var writer: ChunkWriter

    private struct OpenChunk {
        var bytes: Range<Int>
        var tokens: Int
        /// A heading waits for what follows it; the chunk is not to be closed yet.
        var isOnlyHeading = false
        var lead: Range<Int>?
    }

    init(measure: TokenMeasure, title: String, date: String?) {
        self.measure = measure
        self.title = title
        self.date = date
        writer = ChunkWriter(text: measure.text, title: title, date: date)
    }

    /// Ends the open chunk; what follows stands under `path`.
    mutating func startSection(path: [String]) {
        close()
        self.path = path
        let label = measure.tokens(title: title, path: path, date: date)
        room = max(measure.maxTokens - label, measure.maxTokens / 4)
    }

    /// Adds a block with its headings.
    mutating func add(_ unit: Unit) {
        if extend(to: unit.bytes, tokens: unit.tokens) { return }
        close()
        if extend(to: unit.bytes, tokens: unit.tokens) { return }
        for heading in unit.headings { addHeading(heading) }
        addPiece(
            unit.body.range.bytes, tokens: unit.bodyTokens, cuts: unit.body.cuts[...],
            lead: usableLead(unit.body))
        lead = nil
    }

    /// The lead of a block, unless it would take more than a quarter of every chunk.
    private func usableLead(_ block: Block) -> CountedRange? {
        guard let bytes = block.lead else { return nil }
        let tokens = measure.tokens(in: bytes)
        return tokens <= room / 4 ? CountedRange(bytes: bytes, tokens: tokens) : nil
    }

    mutating func finish() -> [Chunk] {
        close()
        return writer.chunks
    }

    /// Adds a heading that waits for text; one of more than half a chunk is text itself.
    private mutating func addHeading(_ heading: CountedRange) {
        let start = open?.bytes.lowerBound ?? heading.bytes.lowerBound
        let tokens = (open?.tokens ?? 0) + heading.tokens
        let fits = tokens <= room / 2 && heading.bytes.upperBound - start <= measure.maxBytes / 2
        if fits {
            let bytes = start..<heading.bytes.upperBound
            open = OpenChunk(bytes: bytes, tokens: tokens, isOnlyHeading: true)
        } else if open != nil {
            close()
            addHeading(heading)
        } else {
            addPiece(heading.bytes, tokens: heading.tokens, cuts: [.sentences])
        }
    }

    /// Adds a piece whole where it fits, else cut at the first of `cuts`, else cut anywhere.
    private mutating func addPiece(
        _ piece: Range<Int>, tokens: Int, cuts: ArraySlice<Cut>, lead: CountedRange? = nil
    ) {
        if extend(to: piece, tokens: tokens) { return }
        if open?.isOnlyHeading != true {
            close()
            if extend(to: piece, tokens: tokens) { return }
        }
        guard let cut = cuts.first else { return addByLength(piece) }
        var position = piece.lowerBound
        while position < piece.upperBound {
            let end = cut.next(measure.text, in: position..<piece.upperBound)
            if let lead, position >= lead.bytes.upperBound { self.lead = lead }
            let part = position..<end
            let count = part == piece ? tokens : measure.tokens(in: part)
            addPiece(part, tokens: count, cuts: cuts.dropFirst(), lead: lead)
            position = end
        }
    }

    /// Fills chunk after chunk with as much of a piece as fits.
    private mutating func addByLength(_ piece: Range<Int>) {
        var rest = piece
        // A heading so many blank lines above its text is not worth an almost empty chunk.
        if let open, rest.lowerBound - open.bytes.lowerBound > measure.maxBytes / 2 { close() }
        while !rest.isEmpty {
            let used = open?.tokens ?? lead?.tokens ?? 0
            let usedBytes = open.map { rest.lowerBound - $0.bytes.lowerBound } ?? 0
            let (end, tokens) = measure.longestPrefix(
                of: rest, maxTokens: room - used, maxBytes: measure.maxBytes - usedBytes)
            let start = open?.bytes.lowerBound ?? rest.lowerBound
            open = OpenChunk(bytes: start..<end, tokens: used + tokens, lead: openLead)
            rest = end..<rest.upperBound
            if !rest.isEmpty { close() }
        }
    }

    /// Lets the open chunk, or a new one, reach over `piece` if it may.
    private mutating func extend(to piece: Range<Int>, tokens: Int) -> Bool {
        let start = open?.bytes.lowerBound ?? piece.lowerBound
        let total = (open?.tokens ?? lead?.tokens ?? 0) + tokens
        guard total <= room, piece.upperBound - start <= measure.maxBytes else { return false }
        open = OpenChunk(bytes: start..<piece.upperBound, tokens: total, lead: openLead)
        return true
    }

    /// The lead of the open chunk, or of the one that begins now.
    private var openLead: Range<Int>? { open.map(\.lead) ?? lead?.bytes }

    private mutating func close() {
        if let open { writer.write(open.bytes, path: path, lead: open.lead) }
        open = nil
    }
}

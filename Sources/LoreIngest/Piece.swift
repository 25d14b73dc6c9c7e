import LoreCore

/// The smallest part of a section that is not cut further: a block with its headings, or a part of
/// a block that is too long for a chunk.
struct Piece {
    var bytes: Range<Int>
    /// At most what a chunk has room for, unless a single character has more.
    var tokens: Int
    /// Whether the place before it lies inside a block.
    var continuesBlock: Bool
    /// What a chunk that begins here must carry.
    var lead: CountedRange?
}

/// Takes the blocks of a section apart into pieces.
struct PieceCutter {
    let measure: TokenMeasure
    /// Tokens that the text of a chunk may have.
    let room: Int
    private(set) var pieces: [Piece] = []
    /// Headings that wait for the first piece of what they stand above.
    private var waiting: CountedRange?
    private var continuesBlock = false
    private var lead: CountedRange?

    init(measure: TokenMeasure, room: Int) {
        self.measure = measure
        self.room = room
    }

    /// Adds a block with its headings: whole where it fits.
    mutating func add(_ unit: Unit) {
        for heading in unit.headings { addHeading(heading) }
        continuesBlock = false
        let usable = usableLead(unit.body)
        addPiece(
            unit.body.range.bytes, tokens: unit.bodyTokens, cuts: unit.body.cuts[...], lead: usable)
        lead = nil
    }

    /// The lead of a block, unless it would take more than a quarter of every chunk.
    private func usableLead(_ block: Block) -> CountedRange? {
        guard let bytes = block.lead else { return nil }
        let tokens = measure.tokens(in: bytes)
        return tokens <= room / 4 ? CountedRange(bytes: bytes, tokens: tokens) : nil
    }

    /// Adds a heading that waits for text; one of more than half a chunk is text itself.
    private mutating func addHeading(_ heading: CountedRange) {
        let start = waiting?.bytes.lowerBound ?? heading.bytes.lowerBound
        let tokens = (waiting?.tokens ?? 0) + heading.tokens
        let fits = tokens <= room / 2 && heading.bytes.upperBound - start <= measure.maxBytes / 2
        if fits {
            waiting = CountedRange(bytes: start..<heading.bytes.upperBound, tokens: tokens)
        } else if waiting != nil {
            releaseWaiting()
            addHeading(heading)
        } else {
            continuesBlock = false
            addPiece(heading.bytes, tokens: heading.tokens, cuts: [.sentences])
        }
    }

    private mutating func releaseWaiting() {
        guard let heading = waiting else { return }
        waiting = nil
        continuesBlock = false
        append(heading.bytes, tokens: heading.tokens)
    }

    /// Adds a part whole where it fits, else cut at the first of `cuts`, else cut anywhere.
    private mutating func addPiece(
        _ part: Range<Int>, tokens: Int, cuts: ArraySlice<Cut>, lead: CountedRange? = nil
    ) {
        if fits(part, tokens: tokens) { return append(part, tokens: tokens) }
        guard let cut = cuts.first else { return addByLength(part) }
        var position = part.lowerBound
        while position < part.upperBound {
            let end = cut.next(measure.text, in: position..<part.upperBound)
            if let lead, position >= lead.bytes.upperBound { self.lead = lead }
            let inner = position..<end
            let count = inner == part ? tokens : measure.tokens(in: inner)
            addPiece(inner, tokens: count, cuts: cuts.dropFirst(), lead: lead)
            position = end
        }
    }

    /// Adds as much as fits, again and again.
    private mutating func addByLength(_ part: Range<Int>) {
        var rest = part
        // A heading so many blank lines above its text is not worth an almost empty chunk.
        if let waiting, rest.lowerBound - waiting.bytes.lowerBound > measure.maxBytes / 2 {
            releaseWaiting()
        }
        while !rest.isEmpty {
            let usedBytes = waiting.map { rest.lowerBound - $0.bytes.lowerBound } ?? 0
            let (end, tokens) = measure.longestPrefix(
                of: rest, maxTokens: room - extraTokens, maxBytes: measure.maxBytes - usedBytes)
            append(rest.lowerBound..<end, tokens: tokens)
            rest = end..<rest.upperBound
        }
    }

    /// What a chunk that begins with the next piece has besides it.
    private var extraTokens: Int { (waiting?.tokens ?? 0) + (lead?.tokens ?? 0) }

    private func fits(_ part: Range<Int>, tokens: Int) -> Bool {
        let start = waiting?.bytes.lowerBound ?? part.lowerBound
        return tokens + extraTokens <= room && part.upperBound - start <= measure.maxBytes
    }

    private mutating func append(_ part: Range<Int>, tokens: Int) {
        let start = waiting?.bytes.lowerBound ?? part.lowerBound
        pieces.append(
            Piece(
                bytes: start..<part.upperBound, tokens: tokens + (waiting?.tokens ?? 0),
                continuesBlock: continuesBlock, lead: lead))
        waiting = nil
        continuesBlock = true
    }
}

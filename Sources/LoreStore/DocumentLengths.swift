/// How long a note and each of its chunks are, in tokens.
///
/// FTS5 keeps the sizes of each row in a table of its own; a look-up a row was what most of a search
/// for common words cost.
struct DocumentLengths: Hashable {
    /// Of all bodies.
    private(set) var bodyTokens: Int64 = 0
    /// For each chunk, by row: how many rows it lies beyond the one before, then the tokens of its
    /// title, heading and body; numbers of seven bits a byte, the lowest first.
    private(set) var chunkTokens: [UInt8] = []
    private var last: Int64

    /// Of no chunk yet.
    init(document: Int64) { last = ChunkRow.row(document: document, number: 0) }

    /// Adds the next chunk.
    ///
    /// - Parameters:
    ///   - row: Of the chunk; ascending.
    ///   - sizes: FTS5's row of column sizes: SQLite's variable integers, the highest bits first.
    mutating func add(_ row: Int64, sizes: UnsafeRawBufferPointer) {
        var tokens: Int64 = 0
        var (column, value) = (0, Int64(0))
        for byte in sizes {
            value = value << 7 | Int64(byte & 0x7F)
            guard byte & 0x80 == 0 else { continue }
            tokens += value
            if column == Int(Postings.bodyColumn) { bodyTokens += value }
            (column, value) = (column + 1, 0)
        }
        append(row - last)
        append(tokens)
        last = row
    }

    private mutating func append(_ value: Int64) {
        var rest = value
        while rest >= 0x80 {
            chunkTokens.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        chunkTokens.append(UInt8(rest))
    }
}

/// Walks what `DocumentLengths` gathered, forwards.
struct ChunkLengthCursor {
    private let bytes: UnsafeRawBufferPointer
    private var index = 0
    private var row: Int64
    private var tokens: Int64 = 0

    init(_ bytes: UnsafeRawBufferPointer, of document: Int64) {
        self.bytes = bytes
        row = ChunkRow.row(document: document, number: 0)
        advance()
    }

    /// Tokens of the chunk in `wanted`, 0 where that is not known; rows are asked for in order.
    mutating func tokens(ofRow wanted: Int64) -> Int64 {
        while row < wanted, index < bytes.count { advance() }
        return row == wanted ? tokens : 0
    }

    private mutating func advance() {
        row += next()
        tokens = next()
    }

    private mutating func next() -> Int64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { break }
            shift += 7
        }
        return Int64(truncatingIfNeeded: value)
    }
}

/// Decompresses DEFLATE data piece by piece, with bounded memory.
///
/// - SeeAlso: RFC 1951
struct Inflater {
    /// The data breaks the format or ends early.
    struct Malformed: Error {}

    private static let window = 32_768
    private static let longestMatch = 258

    private var input: BitReader
    private var output: [UInt8]
    private var position = 0
    /// What has been handed on of `output`.
    private var flushed = 0

    /// Reads `input`, which must outlive the inflater.
    init(_ input: UnsafeBufferPointer<UInt8>) {
        self.input = BitReader(input)
        output = [UInt8](repeating: 0, count: 8 * Self.window)
    }

    /// Decompresses all; `sink` gets the bytes in order, and may throw to stop.
    mutating func run(_ sink: (ArraySlice<UInt8>) throws -> Void) throws {
        var isLast = false
        while !isLast {
            isLast = try input.bits(1) == 1
            switch try input.bits(2) {
            case 0: try copyStored(sink)
            case 1: try decode(Self.fixedLiterals, Self.fixedDistances, sink)
            case 2:
                let (literals, distances) = try readTables()
                try decode(literals, distances, sink)
            default: throw Malformed()
            }
        }
        try sink(output[flushed..<position])
        flushed = position
    }

    /// Hands on what is there where fewer than `count` bytes are free, keeping the window.
    private mutating func makeRoom(
        for count: Int, _ sink: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        guard position + count > output.count else { return }
        try sink(output[flushed..<position])
        let kept = min(Self.window, position)
        output.withUnsafeMutableBufferPointer { buffer in
            for index in 0..<kept { buffer[index] = buffer[position - kept + index] }
        }
        position = kept
        flushed = kept
    }

    private mutating func copyStored(_ sink: (ArraySlice<UInt8>) throws -> Void) throws {
        input.alignToByte()
        let length = try input.bits(16)
        guard try input.bits(16) == length ^ 0xFFFF else { throw Malformed() }
        for _ in 0..<length {
            try makeRoom(for: 1, sink)
            output[position] = UInt8(try input.bits(8))
            position += 1
        }
    }

    private mutating func decode(
        _ literals: HuffmanTable, _ distances: HuffmanTable,
        _ sink: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        while true {
            try makeRoom(for: Self.longestMatch, sink)
            let symbol = try input.symbol(literals)
            if symbol < 256 {
                output[position] = UInt8(symbol)
                position += 1
            } else if symbol == 256 {
                return
            } else {
                try copyMatch(symbol - 257, distances)
            }
        }
    }

    private mutating func copyMatch(_ code: Int, _ distances: HuffmanTable) throws {
        guard code < Self.lengths.count else { throw Malformed() }
        let length = Self.lengths[code].base + (try input.bits(Self.lengths[code].extra))
        let place = try input.symbol(distances)
        guard place < Self.distances.count else { throw Malformed() }
        let distance = Self.distances[place].base + (try input.bits(Self.distances[place].extra))
        guard distance <= position else { throw Malformed() }
        output.withUnsafeMutableBufferPointer { buffer in
            for index in position..<position + length { buffer[index] = buffer[index - distance] }
        }
        position += length
    }

    private mutating func readTables() throws -> (HuffmanTable, HuffmanTable) {
        let literals = try input.bits(5) + 257
        let distances = try input.bits(5) + 1
        let codes = try input.bits(4) + 4
        var widths = [UInt8](repeating: 0, count: 19)
        for index in 0..<codes { widths[Self.order[index]] = UInt8(try input.bits(3)) }
        let table = try HuffmanTable(widths)
        var lengths: [UInt8] = []
        while lengths.count < literals + distances {
            let symbol = try input.symbol(table)
            switch symbol {
            case 0...15: lengths.append(UInt8(symbol))
            case 16:
                guard let last = lengths.last else { throw Malformed() }
                lengths += [UInt8](repeating: last, count: 3 + (try input.bits(2)))
            case 17: lengths += [UInt8](repeating: 0, count: 3 + (try input.bits(3)))
            default: lengths += [UInt8](repeating: 0, count: 11 + (try input.bits(7)))
            }
        }
        guard lengths.count == literals + distances else { throw Malformed() }
        return (
            try HuffmanTable(Array(lengths[..<literals])),
            try HuffmanTable(Array(lengths[literals...]))
        )
    }

    private static let order = [
        16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
    ]

    /// The least value of each length code, and the bits that are added to it.
    private static let lengths: [(base: Int, extra: Int)] = {
        let extra = [Int](repeating: 0, count: 8) + (1...5).flatMap { [$0, $0, $0, $0] }
        return ranges(from: 3, extra: extra) + [(258, 0)]
    }()

    private static let distances: [(base: Int, extra: Int)] = ranges(
        from: 1, extra: [0, 0] + (0...13).flatMap { [$0, $0] })

    private static func ranges(from first: Int, extra: [Int]) -> [(base: Int, extra: Int)] {
        var base = first
        return extra.map { bits in
            defer { base += 1 << bits }
            return (base, bits)
        }
    }

    private static let fixedLiterals = HuffmanTable(
        complete: [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112)
            + [UInt8](repeating: 7, count: 24) + [UInt8](repeating: 8, count: 8))

    private static let fixedDistances = HuffmanTable(complete: [UInt8](repeating: 5, count: 32))
}

/// A prefix code: for each 15 bits to come, the symbol and how many of the bits are its own.
struct HuffmanTable {
    static let width = 15
    /// Symbol × 16 + length; 0 where no code begins so.
    fileprivate let entries: [UInt16]

    /// The code whose symbols have these lengths, 0 for a symbol that does not occur.
    init(_ lengths: [UInt8]) throws {
        let used = lengths.reduce(0) { $0 + ($1 == 0 ? 0 : 1 << (Self.width - Int($1))) }
        guard used <= 1 << Self.width else { throw Inflater.Malformed() }
        self.init(complete: lengths)
    }

    /// As `init(_:)`, for lengths that are known to be a code.
    fileprivate init(complete lengths: [UInt8]) {
        var table = [UInt16](repeating: 0, count: 1 << Self.width)
        var code = 0
        for length in 1...Self.width {
            for (symbol, own) in lengths.enumerated() where Int(own) == length {
                var index = Self.reversed(code, bits: length)
                while index < table.count {
                    table[index] = UInt16(symbol << 4 | length)
                    index += 1 << length
                }
                code += 1
            }
            code <<= 1
        }
        entries = table
    }

    private static func reversed(_ code: Int, bits: Int) -> Int {
        (0..<bits).reduce(0) { $0 << 1 | code >> $1 & 1 }
    }
}

/// Takes bits from bytes, the lowest first.
private struct BitReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var buffer: UInt64 = 0
    private var available = 0

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    private mutating func fill() {
        while available <= 48, position < bytes.count {
            buffer |= UInt64(bytes[position]) << UInt64(available)
            position += 1
            available += 8
        }
    }

    mutating func bits(_ count: Int) throws -> Int {
        if available < count { fill() }
        guard available >= count else { throw Inflater.Malformed() }
        let value = buffer & (1 << UInt64(count) - 1)
        buffer >>= UInt64(count)
        available -= count
        return Int(value)
    }

    mutating func symbol(_ table: HuffmanTable) throws -> Int {
        if available < HuffmanTable.width { fill() }
        let entry = Int(table.entries[Int(buffer & (1 << UInt64(HuffmanTable.width) - 1))])
        let length = entry & 15
        guard length > 0, length <= available else { throw Inflater.Malformed() }
        buffer >>= UInt64(length)
        available -= length
        return entry >> 4
    }

    mutating func alignToByte() {
        buffer >>= UInt64(available % 8)
        available -= available % 8
    }
}

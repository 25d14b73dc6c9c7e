/// A set of bytes: what a bracket expression of a pattern accepts.
struct ByteSet: Hashable, Sendable {
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    func contains(_ byte: UInt8) -> Bool { word(byte >> 6) & (1 << UInt64(byte & 63)) != 0 }

    private func word(_ index: UInt8) -> UInt64 {
        switch index {
        case 0: words.0
        case 1: words.1
        case 2: words.2
        default: words.3
        }
    }

    private mutating func insert(_ byte: UInt8) {
        let bit: UInt64 = 1 << UInt64(byte & 63)
        switch byte >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    private mutating func insert(_ range: ClosedRange<UInt8>) {
        for byte in range { insert(byte) }
    }

    private var inverted: ByteSet {
        var set = ByteSet()
        set.words = (~words.0, ~words.1, ~words.2, ~words.3)
        return set
    }

    static func == (left: ByteSet, right: ByteSet) -> Bool { left.words == right.words }

    func hash(into hasher: inout Hasher) {
        for index in 0..<4 as Range<UInt8> { hasher.combine(word(index)) }
    }

    /// Reads a bracket expression: `[abc]`, `[a-z]`, `[!a]` or `[^a]`, `[[:alpha:]]`, escapes.
    ///
    /// A `]` that comes first stands for itself; `/` is never accepted.
    ///
    /// - Returns: The set and the index after the closing bracket; nil where there is none, or a
    ///   class has no such name.
    static func read(_ pattern: ArraySlice<UInt8>, from start: Int) -> (set: ByteSet, end: Int)? {
        var reader = BracketReader(pattern: pattern, position: start + 1)
        let negated = reader.skip(UInt8(ascii: "!")) || reader.skip(UInt8(ascii: "^"))
        var set = ByteSet()
        repeat {
            guard let element = reader.next() else { return nil }
            switch element {
            case .bytes(let ranges): ranges.forEach { set.insert($0) }
            case .byte(let low):
                guard let high = reader.rangeEnd() else { return nil }
                if let end = high.value, low <= end { set.insert(low...end) }
                // git takes the first byte of a range for itself before it reads the range.
                set.insert(low)
            }
        } while !reader.skip(UInt8(ascii: "]"))
        return (negated ? set.inverted : set, reader.position)
    }
}

/// Walks through the elements of a bracket expression.
private struct BracketReader {
    enum Element {
        case byte(UInt8)
        case bytes([ClosedRange<UInt8>])
    }

    let pattern: ArraySlice<UInt8>
    var position: Int

    private var current: UInt8? { position < pattern.endIndex ? pattern[position] : nil }

    mutating func skip(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    /// The next byte or class; nil at the pattern's end or for an unknown class.
    mutating func next() -> Element? {
        guard let byte = current else { return nil }
        if byte == UInt8(ascii: "["), position + 1 < pattern.endIndex,
            pattern[position + 1] == UInt8(ascii: ":"), let end = classEnd()
        {
            let name = String(decoding: pattern[position + 2..<end], as: UTF8.self)
            position = end + 2
            return namedClasses[name].map { .bytes($0) }
        }
        return literal().map { .byte($0) }
    }

    /// The byte after a `-` that makes a range; `.value` is nil where there is no range.
    mutating func rangeEnd() -> (value: UInt8?, Void)? {
        guard current == UInt8(ascii: "-"), position + 1 < pattern.endIndex,
            pattern[position + 1] != UInt8(ascii: "]")
        else { return (nil, ()) }
        position += 1
        return literal().map { ($0, ()) }
    }

    private mutating func literal() -> UInt8? {
        if current == UInt8(ascii: "\\") { position += 1 }
        guard let byte = current else { return nil }
        position += 1
        return byte
    }

    /// The index of the `:]` that ends a class.
    private func classEnd() -> Int? {
        guard let close = pattern[(position + 2)...].firstIndex(of: UInt8(ascii: "]")),
            pattern[close - 1] == UInt8(ascii: ":"), close - 1 >= position + 2
        else { return nil }
        return close - 1
    }
}

private let namedClasses: [String: [ClosedRange<UInt8>]] = [
    "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A],
    "alpha": [0x41...0x5A, 0x61...0x7A],
    "blank": [0x20...0x20, 0x09...0x09],
    "cntrl": [0x00...0x1F, 0x7F...0x7F],
    "digit": [0x30...0x39],
    "graph": [0x21...0x7E],
    "lower": [0x61...0x7A],
    "print": [0x20...0x7E],
    "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E],
    "space": [0x20...0x20, 0x09...0x0D],
    "upper": [0x41...0x5A],
    "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
]

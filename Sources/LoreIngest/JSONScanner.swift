/// Goes through JSON text value by value, with a stack of its own, and says what it passes.
///
/// - SeeAlso: RFC 8259
struct JSONScanner {
    /// The text is not JSON.
    struct Malformed: Error {}

    enum Event: Equatable {
        /// The key of an object's member with its quotation marks.
        case key(Range<Int>)
        /// A value that holds no others.
        case scalar(Range<Int>)
        /// An object or array begins or ends at this offset.
        case begin(Int)
        case end(Int)
    }

    private let text: TextBytes
    private let limit: Int
    private var offset: Int
    /// The closing bracket of each object and array that is open.
    private var open: [UInt8] = []
    private var expects = Expected.value

    private enum Expected { case value, valueOrEnd, key, keyOrEnd, commaOrEnd, nothing }

    /// Reads one value that fills `range`.
    init(_ text: TextBytes, in range: Range<Int>) {
        self.text = text
        offset = range.lowerBound
        limit = range.upperBound
    }

    /// Objects and arrays that are open.
    var depth: Int { open.count }

    /// What comes next; nil after the value, where only white space may follow.
    mutating func next() throws(Malformed) -> Event? {
        skipBlanks()
        if expects == .commaOrEnd, peek == UInt8(ascii: ",") {
            offset += 1
            expects = open.last == UInt8(ascii: "}") ? .key : .value
            skipBlanks()
        }
        guard let byte = peek else {
            guard expects == .nothing else { throw Malformed() }
            return nil
        }
        switch expects {
        case .nothing: throw Malformed()
        case .commaOrEnd: return try end(byte)
        case .key, .keyOrEnd:
            if expects == .keyOrEnd, byte == UInt8(ascii: "}") { return try end(byte) }
            return .key(try key())
        case .value, .valueOrEnd:
            if expects == .valueOrEnd, byte == UInt8(ascii: "]") { return try end(byte) }
            return try value(byte)
        }
    }

    private mutating func value(_ byte: UInt8) throws(Malformed) -> Event {
        let start = offset
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            offset += 1
            open.append(byte + 2)
            expects = byte == UInt8(ascii: "{") ? .keyOrEnd : .valueOrEnd
            return .begin(start)
        case UInt8(ascii: "\""): try skipString()
        case UInt8(ascii: "t"): try skip("true")
        case UInt8(ascii: "f"): try skip("false")
        case UInt8(ascii: "n"): try skip("null")
        default: try skipNumber()
        }
        expects = open.isEmpty ? .nothing : .commaOrEnd
        return .scalar(start..<offset)
    }

    private mutating func end(_ byte: UInt8) throws(Malformed) -> Event {
        guard open.popLast() == byte else { throw Malformed() }
        offset += 1
        expects = open.isEmpty ? .nothing : .commaOrEnd
        return .end(offset - 1)
    }

    private mutating func key() throws(Malformed) -> Range<Int> {
        let start = offset
        try skipString()
        let range = start..<offset
        skipBlanks()
        guard peek == UInt8(ascii: ":") else { throw Malformed() }
        offset += 1
        expects = .value
        return range
    }

    private mutating func skipString() throws(Malformed) {
        guard peek == UInt8(ascii: "\"") else { throw Malformed() }
        offset += 1
        while let byte = peek {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"):
                guard let escaped = peek, "\"\\/bfnrtu".utf8.contains(escaped) else {
                    throw Malformed()
                }
                offset += 1
            case 0..<0x20: throw Malformed()
            default: break
            }
        }
        throw Malformed()
    }

    private mutating func skip(_ word: String) throws(Malformed) {
        guard text.has(word, at: offset, before: limit) else { throw Malformed() }
        offset += word.utf8.count
    }

    private mutating func skipNumber() throws(Malformed) {
        if peek == UInt8(ascii: "-") { offset += 1 }
        try skipDigits()
        if peek == UInt8(ascii: ".") {
            offset += 1
            try skipDigits()
        }
        if peek?.lowercased == UInt8(ascii: "e") {
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try skipDigits()
        }
    }

    private mutating func skipDigits() throws(Malformed) {
        let end = text.endOfRun(from: offset, before: limit, where: \.isDigit)
        guard end > offset else { throw Malformed() }
        offset = end
    }

    private var peek: UInt8? { offset < limit ? text[offset] : nil }

    private mutating func skipBlanks() {
        offset = text.endOfRun(from: offset, before: limit) {
            $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D
        }
    }
}

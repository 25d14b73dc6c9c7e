/// Reads JSON from bytes, one value at a time and without building what the caller skips.
///
/// A vocabulary of 30,000 entries is read in a few milliseconds this way, and no file of a model is
/// trusted: anything that is not JSON throws.
struct JSONReader {
    /// The bytes are not JSON, or not the JSON that was asked for.
    struct Malformed: Error, Equatable {
        let offset: Int
    }

    private static let deepest = 64
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var depth = 0

    /// Reads `bytes`, which must outlive the reader.
    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    var malformed: Malformed { Malformed(offset: position) }

    /// The next byte that is not white space; nil at the end.
    mutating func peek() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    /// Requires that nothing but white space is left.
    mutating func end() throws(Malformed) {
        guard peek() == nil else { throw malformed }
    }

    /// Reads an object; `member` must read the value of each key, whose bytes it gets.
    mutating func object(
        _ member: (inout JSONReader, _ key: [UInt8]) throws -> Void
    ) throws {
        try pairs { reader in
            var key: [UInt8] = []
            try reader.string(appendingTo: &key)
            try reader.colon()
            try member(&reader, key)
        }
    }

    /// Reads an object; `pair` must read each key, the colon and the value.
    mutating func pairs(_ pair: (inout JSONReader) throws -> Void) throws {
        try sequence(from: UInt8(ascii: "{"), to: UInt8(ascii: "}"), pair)
    }

    /// Reads the colon between a key and its value.
    mutating func colon() throws(Malformed) { try take(UInt8(ascii: ":")) }

    /// Reads an array; `element` must read each value.
    mutating func array(_ element: (inout JSONReader) throws -> Void) throws {
        try sequence(from: UInt8(ascii: "["), to: UInt8(ascii: "]"), element)
    }

    private mutating func sequence(
        from first: UInt8, to last: UInt8, _ item: (inout JSONReader) throws -> Void
    ) throws {
        try take(first)
        depth += 1
        guard depth <= Self.deepest else { throw malformed }
        if peek() == last {
            position += 1
        } else {
            try item(&self)
            while peek() == UInt8(ascii: ",") {
                position += 1
                try item(&self)
            }
            try take(last)
        }
        depth -= 1
    }

    private mutating func take(_ byte: UInt8) throws(Malformed) {
        guard peek() == byte else { throw malformed }
        position += 1
    }

    /// Reads a string, appending its UTF-8 bytes to `result`.
    mutating func string(appendingTo result: inout [UInt8]) throws(Malformed) {
        try take(UInt8(ascii: "\""))
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"): try escape(appendingTo: &result)
            case 0..<0x20: throw malformed
            default: result.append(byte)
            }
        }
        throw malformed
    }

    private mutating func escape(appendingTo result: inout [UInt8]) throws(Malformed) {
        guard position < bytes.count else { throw malformed }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(byte)
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"): try unicodeEscape(appendingTo: &result)
        default: throw malformed
        }
    }

    private mutating func unicodeEscape(appendingTo result: inout [UInt8]) throws(Malformed) {
        var value = try fourDigits()
        if (0xD800..<0xDC00).contains(value) {
            guard position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
                bytes[position + 1] == UInt8(ascii: "u")
            else { throw malformed }
            position += 2
            let low = try fourDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw malformed }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw malformed }
        result.append(contentsOf: Unicode.UTF8.encode(scalar).map { Array($0) } ?? [])
    }

    private mutating func fourDigits() throws(Malformed) -> UInt32 {
        guard position + 4 <= bytes.count else { throw malformed }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue else {
                throw malformed
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Reads a number without a fraction.
    mutating func integer() throws(Malformed) -> Int {
        guard peek() != nil else { throw malformed }
        let negative = bytes[position] == UInt8(ascii: "-")
        if negative { position += 1 }
        var value = 0
        let first = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
            guard value < Int.max / 16 else { throw malformed }
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        guard position > first, !continuesNumber() else { throw malformed }
        return negative ? -value : value
    }

    private func continuesNumber() -> Bool {
        position < bytes.count && [0x2E, 0x45, 0x65].contains(bytes[position])
    }

    /// Reads any value.
    mutating func value() throws -> JSONValue {
        switch peek() {
        case UInt8(ascii: "{"):
            var members: [String: JSONValue] = [:]
            try object { reader, key in
                members[String(decoding: key, as: UTF8.self)] = try reader.value()
            }
            return .object(members)
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try array { elements.append(try $0.value()) }
            return .array(elements)
        case UInt8(ascii: "\""):
            var text: [UInt8] = []
            try string(appendingTo: &text)
            return .string(String(decoding: text, as: UTF8.self))
        default: return try literal()
        }
    }

    private mutating func literal() throws(Malformed) -> JSONValue {
        let first = position
        while position < bytes.count, isLiteral(bytes[position]) { position += 1 }
        let word = String(decoding: bytes[first..<position], as: UTF8.self)
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        default:
            guard let number = Double(word), number.isFinite else { throw malformed }
            return .number(number)
        }
    }

    private func isLiteral(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E: true
        default: false
        }
    }
}

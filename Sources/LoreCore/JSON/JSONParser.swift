/// Where a text stops being JSON.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
    /// Bytes from the start.
    public let offset: Int

    public var description: String { "not JSON (at byte \(offset))" }
}

/// Reads one JSON document (RFC 8259) from UTF-8 bytes.
///
/// Bytes that are not UTF-8 inside a string become U+FFFD, as a surrogate without its other half
/// does: a provider's text is shown with a gap rather than lost.
struct JSONParser {
    private let bytes: [UInt8]
    private var position = 0
    private var depth = 0

    /// Deeper documents are refused, so that no input exhausts the stack.
    private static let maxDepth = 256

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONSyntaxError) -> JSONValue {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw failure }
        return value
    }

    private mutating func value() throws(JSONSyntaxError) -> JSONValue {
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"):
            try enter()
            defer { depth -= 1 }
            return try object()
        case UInt8(ascii: "["):
            try enter()
            defer { depth -= 1 }
            return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    /// Steps over a bracket.
    private mutating func enter() throws(JSONSyntaxError) {
        guard depth < Self.maxDepth else { throw failure }
        depth += 1
        position += 1
    }

    private mutating func object() throws(JSONSyntaxError) -> JSONValue {
        var members: [JSONMember] = []
        skipSpace()
        if takes(UInt8(ascii: "}")) { return .object(members) }
        while true {
            skipSpace()
            let name = try string()
            skipSpace()
            try expect(UInt8(ascii: ":"))
            members.append(JSONMember(name, try value()))
            skipSpace()
            if takes(UInt8(ascii: "}")) { return .object(members) }
            try expect(UInt8(ascii: ","))
        }
    }

    private mutating func array() throws(JSONSyntaxError) -> JSONValue {
        var elements: [JSONValue] = []
        skipSpace()
        if takes(UInt8(ascii: "]")) { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if takes(UInt8(ascii: "]")) { return .array(elements) }
            try expect(UInt8(ascii: ","))
        }
    }

    private mutating func number() throws(JSONSyntaxError) -> JSONNumber {
        let start = position
        _ = takes(UInt8(ascii: "-"))
        if !takes(UInt8(ascii: "0")) { try digits() }
        if takes(UInt8(ascii: ".")) { try digits() }
        if takes(UInt8(ascii: "e")) || takes(UInt8(ascii: "E")) {
            if !takes(UInt8(ascii: "-")) { _ = takes(UInt8(ascii: "+")) }
            try digits()
        }
        return JSONNumber(checked: String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func digits() throws(JSONSyntaxError) {
        let start = position
        while let byte = peek, isDigit(byte) { position += 1 }
        guard position > start else { throw failure }
    }

    private mutating func string() throws(JSONSyntaxError) -> String {
        try expect(UInt8(ascii: "\""))
        var start = position
        var text: [UInt8] = []
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                let rest = bytes[start..<position]
                return text.isEmpty
                    ? String(decoding: rest, as: UTF8.self)
                    : String(decoding: text + rest, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[start..<position]
                position += 1
                try escape(into: &text)
                start = position
            case 0..<0x20: throw failure
            default: position += 1
            }
        }
        throw failure
    }

    private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
        guard let byte = peek else { throw failure }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            position += 1
            text += String(Character(try escapedScalar())).utf8
            return
        default: throw failure
        }
        position += 1
    }

    /// The scalar of `XXXX` or `XXXX\uXXXX`.
    private mutating func escapedScalar() throws(JSONSyntaxError) -> Unicode.Scalar {
        let high = try fourHexDigits()
        guard 0xD800..<0xDC00 ~= high else { return Unicode.Scalar(high) ?? "\u{FFFD}" }
        let end = position
        guard takes(UInt8(ascii: "\\")), takes(UInt8(ascii: "u")) else {
            position = end
            return "\u{FFFD}"
        }
        let low = try fourHexDigits()
        guard 0xDC00..<0xE000 ~= low else {
            position = end
            return "\u{FFFD}"
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? "\u{FFFD}"
    }

    private mutating func fourHexDigits() throws(JSONSyntaxError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw failure
            }
            value = value << 4 + UInt32(digit)
            position += 1
        }
        return value
    }

    private mutating func word(
        _ text: StaticString, _ value: JSONValue
    ) throws(JSONSyntaxError) -> JSONValue {
        for index in 0..<text.utf8CodeUnitCount { try expect(text.utf8Start[index]) }
        return value
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    private var failure: JSONSyntaxError { JSONSyntaxError(offset: position) }

    private mutating func takes(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ byte: UInt8) throws(JSONSyntaxError) {
        guard takes(byte) else { throw failure }
    }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }
}

private func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
}

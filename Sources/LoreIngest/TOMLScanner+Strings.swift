extension TOMLScanner {
    /// A string of one of the four kinds, its escapes resolved.
    mutating func string() throws(Malformed) -> String {
        let quote = text[offset]
        let isLong =
            offset + 2 < text.count && text[offset + 1] == quote && text[offset + 2] == quote
        offset += isLong ? 3 : 1
        if isLong, peek == newline { offset += 1 }
        var bytes: [UInt8] = []
        while let byte = peek {
            if byte == quote, !isLong || closesLongString(quote) {
                offset += isLong ? 3 : 1
                return String(decoding: bytes, as: UTF8.self)
            }
            guard isLong || byte != newline else { throw Malformed() }
            offset += 1
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &bytes)
            } else {
                bytes.append(byte)
            }
        }
        throw Malformed()
    }

    /// Whether three quotation marks follow, and no fourth one to which the first would belong.
    private func closesLongString(_ quote: UInt8) -> Bool {
        guard offset + 2 < text.count, text[offset + 1] == quote, text[offset + 2] == quote else {
            return false
        }
        return offset + 3 == text.count || text[offset + 3] != quote
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(Malformed) {
        guard let byte = peek else { throw Malformed() }
        offset += 1
        switch byte {
        case UInt8(ascii: "n"): bytes.append(newline)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "e"): bytes.append(0x1B)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(byte)
        case UInt8(ascii: "u"): try scalar(digits: 4, into: &bytes)
        case UInt8(ascii: "U"): try scalar(digits: 8, into: &bytes)
        default:
            // A line that goes on in the next.
            guard byte.isBlank else { throw Malformed() }
            skip { $0.isBlank }
        }
    }

    private mutating func scalar(digits: Int, into bytes: inout [UInt8]) throws(Malformed) {
        guard offset + digits <= text.count,
            let value = UInt32(text.string(in: offset..<(offset + digits)), radix: 16),
            let scalar = Unicode.Scalar(value)
        else { throw Malformed() }
        offset += digits
        bytes += Array(String(scalar).utf8)
    }
}

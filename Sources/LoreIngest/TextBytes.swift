import Foundation

/// A note's text as it lies in memory; offsets are file offsets.
typealias TextBytes = UnsafeBufferPointer<UInt8>

let newline = UInt8(ascii: "\n")

extension UInt8 {
    /// Whether the byte is an ASCII space, tab or line break.
    var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
}

extension UnsafeBufferPointer<UInt8> {
    /// The offset after the line break that ends the line at `offset`; `limit` where none does.
    func lineEnd(from offset: Int, limit: Int) -> Int {
        guard offset < limit, let base = baseAddress,
            let found = memchr(base + offset, CInt(newline), limit - offset)
        else { return limit }
        return UnsafeRawPointer(base).distance(to: found) + 1
    }

    /// The first line in `bytes` that is not blank, without white space around it.
    func line(at bytes: Range<Int>) -> Range<Int> {
        let start = firstNonBlank(in: bytes)
        return start..<endOfNonBlank(in: start..<lineEnd(from: start, limit: bytes.upperBound))
    }

    /// The first offset in `range` that is not blank; its end where all are.
    func firstNonBlank(in range: Range<Int>) -> Int {
        var offset = range.lowerBound
        while offset < range.upperBound, self[offset].isBlank { offset += 1 }
        return offset
    }

    /// The offset after the last byte in `range` that is not blank; its start where all are.
    func endOfNonBlank(in range: Range<Int>) -> Int {
        var offset = range.upperBound
        while offset > range.lowerBound, self[offset - 1].isBlank { offset -= 1 }
        return offset
    }

    /// The line breaks in `range`.
    func lineBreaks(in range: Range<Int>) -> Int {
        var count = 0
        for byte in self[range] where byte == newline { count &+= 1 }
        return count
    }

    /// The bytes in `range` as a string.
    func string(in range: Range<Int>) -> String {
        String(decoding: self[range], as: UTF8.self)
    }
}

/// The offset of the first byte that is not part of well-formed UTF-8; nil where all are.
///
/// - SeeAlso: The Unicode Standard, table 3-7
func firstInvalidUTF8(_ text: TextBytes) -> Int? {
    var offset = 0
    while offset < text.count {
        offset = endOfASCII(text, from: offset)
        guard offset < text.count else { break }
        guard let length = scalarLength(text, at: offset) else { return offset }
        offset += length
    }
    return nil
}

/// The first offset from `start` that is not ASCII, looking at eight bytes at a time.
private func endOfASCII(_ text: TextBytes, from start: Int) -> Int {
    var offset = start
    let raw = UnsafeRawBufferPointer(text)
    while offset + 8 <= text.count {
        let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        if word & 0x8080_8080_8080_8080 != 0 { break }
        offset += 8
    }
    while offset < text.count, text[offset] < 0x80 { offset += 1 }
    return offset
}

/// The bytes of the well-formed scalar at `offset`; nil where it is ill-formed or cut off.
private func scalarLength(_ text: TextBytes, at offset: Int) -> Int? {
    let lead = text[offset]
    guard let (length, second) = scalarShape(lead), offset + length <= text.count else {
        return nil
    }
    guard length > 1 else { return 1 }
    guard second.contains(text[offset + 1]) else { return nil }
    for next in text[(offset + 2)..<(offset + length)] where next & 0xC0 != 0x80 { return nil }
    return length
}

/// The length that a lead byte announces and what its second byte may be.
private func scalarShape(_ lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
    switch lead {
    case 0x00...0x7F: (1, 0x80...0xBF)
    case 0xC2...0xDF: (2, 0x80...0xBF)
    case 0xE0: (3, 0xA0...0xBF)
    case 0xED: (3, 0x80...0x9F)
    case 0xE1...0xEF: (3, 0x80...0xBF)
    case 0xF0: (4, 0x90...0xBF)
    case 0xF1...0xF3: (4, 0x80...0xBF)
    case 0xF4: (4, 0x80...0x8F)
    default: nil
    }
}

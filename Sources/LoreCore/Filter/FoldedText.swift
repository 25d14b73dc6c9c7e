import Foundation

/// UTF-8 in which upper and lower case, and the composed and decomposed forms of a letter, are the
/// same bytes; an accent stays one.
package func folded(_ text: some Collection<UInt8>) -> [UInt8] {
    Array(text).withUnsafeBufferPointer { folded($0) }
}

/// The same of bytes where they lie: every document passes by.
package func folded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var isUnicode = false
    let bytes = [UInt8](unsafeUninitializedCapacity: text.count) { bytes, count in
        count = text.count
        for index in 0..<text.count {
            let byte = text[index]
            let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            isUnicode = isUnicode || byte >= 0x80
            bytes[index] = isUpper ? byte | 0x20 : byte
        }
    }
    return isUnicode ? foldedUnicode(Array(text)) : bytes
}

private func foldedUnicode(_ bytes: [UInt8]) -> [UInt8] {
    let text = String(decoding: bytes, as: UTF8.self).lowercased()
    return Array(text.precomposedStringWithCanonicalMapping.utf8)
}

/// Whether `part` stands anywhere in `text`.
///
/// - Complexity: O(*n* · *m*), mostly O(*n*).
func contains(_ text: some RandomAccessCollection<UInt8>, _ part: [UInt8]) -> Bool {
    guard let first = part.first else { return true }
    var rest = text[...]
    while rest.count >= part.count, let start = rest.firstIndex(of: first) {
        if rest[start...].starts(with: part) { return true }
        rest = rest[rest.index(after: start)...]
    }
    return false
}

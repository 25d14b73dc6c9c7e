import Foundation

/// UTF-8 in which upper and lower case, and the composed and decomposed forms of a letter, are the
/// same bytes; an accent stays one.
package func folded(_ text: some Collection<UInt8>) -> [UInt8] {
    var bytes = Array(text)
    for index in bytes.indices {
        let byte = bytes[index]
        if byte >= 0x80 { return foldedUnicode(bytes) }
        if byte >= UInt8(ascii: "A"), byte <= UInt8(ascii: "Z") { bytes[index] = byte | 0x20 }
    }
    return bytes
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

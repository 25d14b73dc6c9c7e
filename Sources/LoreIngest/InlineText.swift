/// A line of words that grows, with single spaces between them.
struct InlineText {
    private(set) var bytes: [UInt8] = []
    private var hasSpacePending = false

    var isEmpty: Bool { bytes.isEmpty }

    /// The words on one line.
    var words: String {
        String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
            .joined(separator: " ")
    }

    /// Adds text; white space in it, also the kind that does not break, is a space.
    mutating func append(_ text: TextBytes) {
        var offset = 0
        while offset < text.count {
            if text[offset].isBlank {
                hasSpacePending = true
                offset += 1
            } else if text[offset] == 0xC2, offset + 1 < text.count, text[offset + 1] == 0xA0 {
                hasSpacePending = true
                offset += 2
            } else {
                addPendingSpace()
                bytes.append(text[offset])
                offset += 1
            }
        }
    }

    /// Adds text as it is.
    mutating func appendVerbatim(_ text: TextBytes) { bytes.append(contentsOf: text) }

    mutating func breakLine() {
        hasSpacePending = false
        if !bytes.isEmpty, bytes.last != newline { bytes.append(newline) }
    }

    mutating func addSpace() { hasSpacePending = true }

    /// Takes the text away, without white space at its end.
    mutating func take() -> [UInt8] {
        defer { self = InlineText() }
        return Array(bytes[..<(bytes.lastIndex { !$0.isBlank }.map { $0 + 1 } ?? 0)])
    }

    private mutating func addPendingSpace() {
        if hasSpacePending, let last = bytes.last, !last.isBlank {
            bytes.append(UInt8(ascii: " "))
        }
        hasSpacePending = false
    }
}

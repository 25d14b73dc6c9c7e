/// Undoes what mail does to bytes to get them through.
///
/// - SeeAlso: RFC 2045, section 6
enum TransferEncoding {
    /// The bytes that base64 stands for; whatever is not of its alphabet is passed over.
    static func base64(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count * 3 / 4)
        var bits: UInt32 = 0
        var count = 0
        for byte in text {
            guard let value = digit(byte) else { continue }
            bits = bits << 6 | value
            count += 1
            if count == 4 {
                bytes += [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
                (bits, count) = (0, 0)
            }
        }
        if count == 3 { bytes += [UInt8(bits >> 10 & 0xFF), UInt8(bits >> 2 & 0xFF)] }
        if count == 2 { bytes.append(UInt8(bits >> 4 & 0xFF)) }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x41...0x5A: UInt32(byte) - 0x41
        case 0x61...0x7A: UInt32(byte) - 0x61 + 26
        case 0x30...0x39: UInt32(byte) - 0x30 + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    /// The bytes that quoted-printable text stands for.
    static func quotedPrintable(_ text: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        forEachLine(of: text) { line in
            let end = text[line].lastIndex { !$0.isBlank }.map { $0 + 1 } ?? line.lowerBound
            let content = text[line.lowerBound..<end]
            if content.last == UInt8(ascii: "=") {
                bytes.append(contentsOf: escaped(content.dropLast(), mark: UInt8(ascii: "=")))
            } else {
                bytes.append(contentsOf: escaped(content, mark: UInt8(ascii: "=")))
                if text[line].last == newline { bytes.append(newline) }
            }
        }
        return bytes
    }

    /// The bytes of text in which `mark` and two hexadecimal digits stand for one.
    static func escaped(_ text: ArraySlice<UInt8>, mark: UInt8) -> [UInt8] {
        var bytes: [UInt8] = []
        var offset = text.startIndex
        while offset < text.endIndex {
            if text[offset] == mark, offset + 2 < text.endIndex,
                let high = hexDigit(text[offset + 1]), let low = hexDigit(text[offset + 2])
            {
                bytes.append(high << 4 | low)
                offset += 3
            } else {
                bytes.append(text[offset])
                offset += 1
            }
        }
        return bytes
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

/// Decodes headers in which words of other character sets stand between `=?` and `?=`.
///
/// - SeeAlso: RFC 2047
enum EncodedWords {
    static func decode(_ raw: ArraySlice<UInt8>) -> String {
        var result = ""
        /// Bytes of words of one character set, as a character may go from one word to the next.
        var pending: (charset: String, bytes: [UInt8])?
        func flush() {
            guard let (charset, bytes) = pending else { return }
            result += text(bytes, charset: charset)
            pending = nil
        }
        var rest = raw
        while !rest.isEmpty {
            guard let (before, word, after) = firstWord(in: rest) else { break }
            if !before.allSatisfy(\.isBlank) || pending == nil || pending?.charset != word.charset {
                flush()
                if !before.allSatisfy(\.isBlank) || result.isEmpty {
                    result += text(Array(before), charset: nil)
                }
            }
            pending = (word.charset, (pending?.bytes ?? []) + word.bytes)
            rest = after
        }
        flush()
        return result + text(Array(rest), charset: nil)
    }

    private typealias Word = (charset: String, bytes: [UInt8])

    private static func firstWord(
        in text: ArraySlice<UInt8>
    ) -> (before: ArraySlice<UInt8>, word: Word, after: ArraySlice<UInt8>)? {
        var start = text.startIndex
        while let mark = text[start...].firstIndex(of: UInt8(ascii: "=")) {
            if let (word, end) = word(in: text[mark...]) {
                return (text[..<mark], word, text[end...])
            }
            start = mark + 1
        }
        return nil
    }

    /// The word that `text` begins with: `=?charset?B or Q?content?=`.
    private static func word(in text: ArraySlice<UInt8>) -> (Word, end: Int)? {
        // The standard allows 75 bytes; mailers are not so strict.
        let head = text.prefix(1000)
        guard head.starts(with: "=?".utf8) else { return nil }
        let parts = head.dropFirst(2).split(
            separator: UInt8(ascii: "?"), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[3].first == UInt8(ascii: "="), let kind = parts[1].first,
            parts[1].count == 1
        else { return nil }
        // After the name may stand a language, with `*` before it.
        let charset = String(decoding: parts[0].prefix { $0 != UInt8(ascii: "*") }, as: UTF8.self)
        let end = parts[3].startIndex + 1
        switch kind | 0x20 {
        case UInt8(ascii: "b"):
            return ((charset.lowercased(), TransferEncoding.base64(parts[2])), end)
        case UInt8(ascii: "q"):
            let spaced = parts[2].map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
            let bytes = TransferEncoding.escaped(spaced[...], mark: UInt8(ascii: "="))
            return ((charset.lowercased(), bytes), end)
        default: return nil
        }
    }

    private static func text(_ bytes: [UInt8], charset: String?) -> String {
        String(decoding: MailText.utf8(bytes, charset: charset), as: UTF8.self)
    }
}

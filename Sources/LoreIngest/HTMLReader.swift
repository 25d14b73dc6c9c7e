import LoreCore

/// Takes a page of HTML apart: its main text, without what the page is decorated with.
///
/// libxml2 tells where elements begin and end; no tree is built.
enum HTMLReader {
    /// Reads a page.
    ///
    /// - Throws: `UnreadableText` where the page names an encoding that nobody knows, names none and
    ///   is not UTF-8, or has a tag that is made to be slow.
    static func read(_ bytes: some Collection<UInt8>) throws(UnreadableText) -> ParsedText {
        let text = try utf8(Array(bytes))
        guard !text.withUnsafeBufferPointer(HTMLGuard.isUnreasonable) else {
            throw .malformed("a tag has more than \(HTMLGuard.maxAttributes) attributes")
        }
        var page = HTMLPage()
        HTMLEvents.parse(text, into: &page)
        return page.finish()
    }

    /// The page as UTF-8: as it is where it is that already, else from the encoding it names.
    private static func utf8(_ bytes: [UInt8]) throws(UnreadableText) -> [UInt8] {
        guard let offset = bytes.withUnsafeBufferPointer(firstInvalidUTF8) else { return bytes }
        guard let name = HTMLCharset.name(in: bytes.prefix(4096)) else {
            throw .notUTF8(byteOffset: offset)
        }
        guard let text = CharacterSet.utf8(bytes, from: name) else {
            throw .unknownEncoding(name)
        }
        return text
    }
}

/// Why a file's bytes cannot be read as its format.
enum UnreadableText: Error {
    case notUTF8(byteOffset: Int)
    case unknownEncoding(String)
    case malformed(String)
}

/// Finds the encoding that a page says it is in.
enum HTMLCharset {
    /// The name after `charset=`, or after `encoding=` in an XML declaration; nil where there is none.
    static func name(in head: ArraySlice<UInt8>) -> String? {
        for key in ["charset", "encoding"] {
            if let found = value(of: Array(key.utf8), in: Array(head)) { return found }
        }
        return nil
    }

    private static func value(of key: [UInt8], in head: [UInt8]) -> String? {
        var start = 0
        while start + key.count < head.count {
            defer { start += 1 }
            guard zip(head[start...], key).allSatisfy({ $0 | 0x20 == $1 }) else { continue }
            var rest = head[(start + key.count)...].drop(while: \.isBlank)
            guard rest.popFirst() == UInt8(ascii: "=") else { continue }
            let name = rest.drop { $0.isBlank || $0 == 0x22 || $0 == 0x27 }.prefix(while: isName)
            if !name.isEmpty { return String(decoding: name, as: UTF8.self) }
        }
        return nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: ":"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

/// Finds pages on which the parser would take time out of proportion.
enum HTMLGuard {
    /// The parser compares each attribute of a tag with all others.
    static let maxAttributes = 512

    /// Whether a tag has more attributes than any that is meant.
    static func isUnreasonable(_ text: TextBytes) -> Bool {
        var offset = 0
        while offset < text.count {
            guard let tag = text[offset...].firstIndex(of: UInt8(ascii: "<")) else { return false }
            offset = tag + 1
            guard offset < text.count, 0x61...0x7A ~= text[offset] | 0x20 else { continue }
            let name = text[offset...].prefix { 0x61...0x7A ~= $0 | 0x20 }
            guard let end = endOfTag(text, from: offset) else { return true }
            offset = end
            for raw in ["script", "style"] where name.elementsEqual(raw.utf8, by: sameLetter) {
                offset = endOfRawText(text, from: end, name: Array(raw.utf8))
            }
        }
        return false
    }

    private static func sameLetter(_ left: UInt8, _ right: UInt8) -> Bool { left | 0x20 == right }

    /// The offset after a tag; nil where it has too many attributes.
    private static func endOfTag(_ text: TextBytes, from start: Int) -> Int? {
        var offset = start
        var attributes = 0
        var isBetween = false
        while offset < text.count, text[offset] != UInt8(ascii: ">") {
            let byte = text[offset]
            if byte == 0x22 || byte == 0x27, text[offset - 1] == UInt8(ascii: "=") {
                offset = text[(offset + 1)...].firstIndex(of: byte) ?? text.count - 1
                isBetween = true
            } else if byte.isBlank || byte == UInt8(ascii: "/") {
                isBetween = true
            } else if isBetween {
                isBetween = false
                attributes += 1
                if attributes > maxAttributes { return nil }
            }
            offset += 1
        }
        return offset
    }

    private static func endOfRawText(_ text: TextBytes, from start: Int, name: [UInt8]) -> Int {
        var offset = start
        while let end = text[offset...].firstIndex(of: UInt8(ascii: "<")) {
            let tail = text[(end + 1)...].prefix(name.count + 1)
            if tail.first == UInt8(ascii: "/"), tail.dropFirst().elementsEqual(name, by: sameLetter)
            {
                return end + 1
            }
            offset = end + 1
        }
        return text.count
    }
}

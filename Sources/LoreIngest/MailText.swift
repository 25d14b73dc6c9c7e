import LoreCore

/// Puts the text of a message together.
struct MailText {
    /// Messages and parts within each other.
    private static let maxDepth = 16
    /// Of one message, on all levels.
    private static let maxParts = 1000

    private var text: ExtractedText
    private let headingDepth: Int
    private var partsLeft = Self.maxParts

    /// Adds a message: its headers that a reader looks at, its text, the names of its attachments.
    static func add(
        _ message: MailPart, to text: inout ExtractedText, sinkingHeadingsBy depth: Int = 0
    ) {
        var writer = MailText(text: text, headingDepth: depth)
        // Not kept twice, as it grows in place.
        text = ExtractedText()
        writer.addMessage(message, depth: 0)
        text = writer.text
    }

    private init(text: ExtractedText, headingDepth: Int) {
        self.text = text
        self.headingDepth = headingDepth
    }

    private mutating func addMessage(_ message: MailPart, depth: Int) {
        let lines = ["From", "To", "Cc", "Date", "Subject"].compactMap { name in
            message.header(name.lowercased()).map { "\(name): \($0)\n" }
        }
        text.add(.paragraph, Self.withoutNUL(Array(lines.joined().utf8)))
        addPart(message, depth: depth)
    }

    private mutating func addPart(_ part: MailPart, depth: Int) {
        guard depth < Self.maxDepth, partsLeft > 0 else { return }
        partsLeft -= 1
        if let name = part.attachmentName {
            let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            text.add(.paragraph, Self.withoutNUL(Array("Attachment: \(name)".utf8)))
        } else if part.type == "multipart/alternative" {
            addBest(of: part.parts(limit: partsLeft), depth: depth + 1)
        } else if part.type.hasPrefix("multipart/") {
            for inner in part.parts(limit: partsLeft) { addPart(inner, depth: depth + 1) }
        } else if part.type == "message/rfc822" {
            addMessage(MailPart(part.decodedBody[...]), depth: depth + 1)
        } else if part.type == "text/html" {
            addHTML(part)
        } else if part.type.hasPrefix("text/") {
            addPlain(part)
        }
    }

    /// Of the same text in several forms, the plain one, else the last that can be read.
    private mutating func addBest(of parts: [MailPart], depth: Int) {
        let plain = parts.first { part in
            part.type == "text/plain" && part.body.contains { !$0.isBlank }
        }
        let best = plain ?? parts.last { Self.isReadable($0.type) }
        if let best { addPart(best, depth: depth) }
    }

    private static func isReadable(_ type: String) -> Bool {
        type.hasPrefix("text/") || type.hasPrefix("multipart/")
    }

    private mutating func addPlain(_ part: MailPart) {
        let body = Self.withoutNUL(Self.utf8(part.decodedBody, charset: part.charset))
        let parsed = body.withUnsafeBufferPointer { PlainTextReader.read($0, from: 0) }
        text.add(body, parsed.blocks)
    }

    private mutating func addHTML(_ part: MailPart) {
        let charset = part.charset ?? HTMLCharset.name(in: part.decodedBody[...].prefix(4096))
        let body = Self.withoutNUL(Self.utf8(part.decodedBody, charset: charset))
        // UTF-8 now, so only a page made to be slow fails: the rest of the message stands.
        guard let page = try? HTMLReader.read(body), let words = page.extracted else { return }
        text.add(words, page.blocks, sinkingHeadingsBy: headingDepth)
    }

    /// Bytes of a character set as UTF-8; of none or an unknown one, as what they look like.
    static func utf8(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        if let charset, let text = CharacterSet.utf8(bytes, from: charset) { return text }
        guard bytes.withUnsafeBufferPointer(firstInvalidUTF8) != nil else { return bytes }
        return CharacterSet.utf8(bytes, from: "windows-1252") ?? validUTF8(bytes)
    }

    private static func withoutNUL(_ bytes: [UInt8]) -> [UInt8] {
        bytes.contains(0) ? bytes.filter { $0 != 0 } : bytes
    }
}

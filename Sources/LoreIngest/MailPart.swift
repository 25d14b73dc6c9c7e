/// A message of e-mail or a part of one: its headers and what follows them.
///
/// - SeeAlso: RFC 5322 and RFC 2045
struct MailPart {
    private var headers: [(name: String, value: ArraySlice<UInt8>)] = []
    let body: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) {
        var position = bytes.startIndex
        while position < bytes.endIndex {
            let end = Self.endOfHeader(bytes, from: position)
            let line = bytes[position..<end]
            if line.allSatisfy(\.isBlank) {
                position = end
                break
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")),
                line[..<colon].allSatisfy({ 0x21...0x7E ~= $0 })
            else { break }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            headers.append((name, line[(colon + 1)...]))
            position = end
        }
        body = bytes[position...]
    }

    /// The end of the header at `start`, with the lines that go on with it.
    private static func endOfHeader(_ bytes: ArraySlice<UInt8>, from start: Int) -> Int {
        var end = start
        repeat {
            let isBlank = end > start && bytes[start..<end].allSatisfy(\.isBlank)
            if isBlank { break }
            end = bytes[end...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.endIndex
        } while end < bytes.endIndex && (bytes[end] == 0x20 || bytes[end] == 0x09)
        return end
    }

    /// What of a header is looked at: nobody reads on in one that is longer.
    private static let maxHeaderBytes = 16_384

    /// A header's words as a person reads them; nil where it is missing or empty.
    func header(_ name: String) -> String? {
        guard let raw = headers.first(where: { $0.name == name })?.value else { return nil }
        var head = raw.prefix(Self.maxHeaderBytes)
        if head.count < raw.count {
            // Not in the middle of a character.
            head = head.dropLast(head.reversed().prefix { $0 >= 0x80 }.count)
        }
        let words = EncodedWords.decode(head).split(whereSeparator: \.isWhitespace)
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    /// The media type in lower case, `text/plain` where none is named.
    var type: String {
        header("content-type").map { MailParameters($0).value.lowercased() } ?? "text/plain"
    }

    var charset: String? { header("content-type").flatMap { MailParameters($0)["charset"] } }

    private var boundary: String? {
        header("content-type").flatMap { MailParameters($0)["boundary"] }
    }

    /// What an attachment calls itself; nil for a part that is to be shown in place.
    var attachmentName: String? {
        let disposition = header("content-disposition").map(MailParameters.init)
        let name =
            disposition?["filename"]
            ?? header("content-type").flatMap { MailParameters($0)["name"] }
        if disposition?.value.lowercased() == "attachment" { return name ?? "without a name" }
        return type.hasPrefix("text/") || type.hasPrefix("multipart/") ? nil : name
    }

    /// The body as it was before it was made fit for the way.
    var decodedBody: [UInt8] {
        switch header("content-transfer-encoding")?.lowercased() {
        case "base64": TransferEncoding.base64(body)
        case "quoted-printable": TransferEncoding.quotedPrintable(body)
        default: Array(body)
        }
    }

    /// The parts of a multipart body, at most `limit`; none where it has no boundary.
    func parts(limit: Int) -> [MailPart] {
        guard let boundary, !boundary.isEmpty else { return [] }
        let mark = Array("--\(boundary)".utf8)
        var parts: [MailPart] = []
        var start: Int?
        var isClosed = false
        forEachLine(of: body) { line in
            guard !isClosed, parts.count < limit, isMark(body[line], mark) else { return }
            if let start { parts.append(MailPart(body[start..<line.lowerBound])) }
            start = line.upperBound
            isClosed = body[line].dropFirst(mark.count).starts(with: "--".utf8)
        }
        // A message that was cut off has no last boundary.
        if let start, !isClosed, parts.count < limit { parts.append(MailPart(body[start...])) }
        return parts
    }

    private func isMark(_ line: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
        guard line.first == UInt8(ascii: "-"), line.starts(with: mark) else { return false }
        let rest = line.dropFirst(mark.count)
        return rest.allSatisfy(\.isBlank) || rest.starts(with: "--".utf8)
    }
}

/// The value of a structured header and the parameters after it.
///
/// - SeeAlso: RFC 2045, section 5.1; RFC 2231
struct MailParameters {
    let value: String
    private var parameters: [String: String] = [:]

    init(_ header: String) {
        var parts = Self.split(header)[...]
        value = parts.popFirst().map(Self.trimmed) ?? ""
        for part in parts {
            guard let equals = part.firstIndex(of: "=") else { continue }
            let name = Self.trimmed(String(part[..<equals])).lowercased()
            let content = Self.trimmed(String(part[part.index(after: equals)...]))
            if parameters[name] == nil { parameters[name] = Self.unquoted(content) }
        }
    }

    /// A parameter, which may come in numbered parts or in a character set of its own.
    subscript(_ name: String) -> String? {
        if let plain = parameters[name] { return plain }
        if let extended = parameters["\(name)*"] { return Self.extended(extended) }
        var joined = ""
        var isExtended = false
        for number in 0..<100 {
            if let part = parameters["\(name)*\(number)"] {
                joined += part
            } else if let part = parameters["\(name)*\(number)*"] {
                joined += part
                isExtended = true
            } else {
                break
            }
        }
        return joined.isEmpty ? nil : isExtended ? Self.extended(joined) : joined
    }

    /// The parts between semicolons outside quotes.
    private static func split(_ header: String) -> [String] {
        var parts = [""]
        var isQuoted = false
        for character in header {
            if character == "\"" { isQuoted.toggle() }
            if character == ";", !isQuoted {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts
    }

    private static func trimmed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count > 1, text.first == "\"", text.last == "\"" else { return text }
        return String(text.dropFirst().dropLast()).replacing("\\\"", with: "\"")
    }

    /// The text of `charset'language'percent-encoded`.
    private static func extended(_ text: String) -> String {
        let parts = text.split(separator: "'", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return text }
        let bytes = TransferEncoding.escaped(Array(parts[2].utf8)[...], mark: UInt8(ascii: "%"))
        let decoded = CharacterSet.utf8(bytes, from: String(parts[0])) ?? validUTF8(bytes)
        return String(decoding: decoded, as: UTF8.self)
    }
}

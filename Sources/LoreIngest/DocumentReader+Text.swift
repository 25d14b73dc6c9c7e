import LoreCore

extension DocumentReader {
    /// Takes a file's bytes apart, whatever encoding they are in.
    func parse(
        _ bytes: [UInt8], format: DocumentFormat, path: String
    ) throws(IngestError) -> ParsedText {
        if let encoding = MarkedEncoding(of: bytes) {
            let text = try decode(bytes, from: encoding, path: path)
            var parsed = try parseText(text, format: format, path: path)
            parsed.extracted = parsed.extracted ?? text
            return parsed
        }
        return try parseText(bytes, format: format, path: path)
    }

    private func decode(
        _ bytes: [UInt8], from encoding: MarkedEncoding, path: String
    ) throws(IngestError) -> [UInt8] {
        do {
            return try encoding.utf8(bytes)
        } catch {
            throw .badEncoding(
                path: path, encoding: encoding.rawValue, byteOffset: error.byteOffset)
        }
    }

    private func parseText(
        _ bytes: [UInt8], format: DocumentFormat, path: String
    ) throws(IngestError) -> ParsedText {
        if let offset = bytes.firstIndex(of: 0) { throw .binary(path: path, byteOffset: offset) }
        do {
            if let parsed = try Self.extract(bytes, format: format) { return parsed }
        } catch {
            throw Self.error(error, bytes, path: path)
        }
        if let offset = bytes.withUnsafeBufferPointer(firstInvalidUTF8) {
            throw Self.error(.notUTF8(byteOffset: offset), bytes, path: path)
        }
        return bytes.withUnsafeBufferPointer { Self.parse($0, format: format, path: path) }
    }

    /// What a reader that makes its own text makes of a file; nil for formats that have none.
    private static func extract(
        _ bytes: [UInt8], format: DocumentFormat
    ) throws(UnreadableText) -> ParsedText? {
        let text = bytes.starts(with: byteOrderMark) ? bytes[byteOrderMark.count...] : bytes[...]
        return switch format {
        case .html: try HTMLReader.read(text)
        case .notebook: try NotebookReader.read(text)
        case .email: EmailReader.read(text)
        case .mailbox: MailboxReader.read(text)
        default: nil
        }
    }

    private static func error(
        _ error: UnreadableText, _ bytes: [UInt8], path: String
    ) -> IngestError {
        switch error {
        case .notUTF8(let offset):
            if let encoding = bytes.withUnsafeBufferPointer(WesternEncoding.init(guessedFrom:)) {
                return .looksLikeLatin1(path: path, encoding: encoding.rawValue)
            }
            return .notUTF8(path: path, byteOffset: offset)
        case .unknownEncoding(let name): return .unknownEncoding(path: path, encoding: name)
        case .malformed(let reason): return .malformed(path: path, reason: reason)
        }
    }
}

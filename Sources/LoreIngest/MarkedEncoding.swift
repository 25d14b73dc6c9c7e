/// An encoding that a byte-order mark announces.
enum MarkedEncoding: String {
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case utf32LittleEndian = "UTF-32LE"
    case utf32BigEndian = "UTF-32BE"

    /// The encoding whose mark `bytes` begin with; nil for UTF-8 and where there is no mark.
    init?(of bytes: [UInt8]) {
        // UTF-32's mark begins with that of UTF-16.
        if bytes.starts(with: [0xFF, 0xFE, 0, 0]) {
            self = .utf32LittleEndian
        } else if bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            self = .utf32BigEndian
        } else if bytes.starts(with: [0xFF, 0xFE]) {
            self = .utf16LittleEndian
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = .utf16BigEndian
        } else {
            return nil
        }
    }

    /// Bytes that are not of the encoding, and where.
    struct Invalid: Error { let byteOffset: Int }

    /// The text after the mark as UTF-8.
    func utf8(_ bytes: [UInt8]) throws(Invalid) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var offset = unitBytes
        while offset < bytes.count {
            let (scalar, length) = try scalar(bytes, at: offset)
            text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            offset += length
        }
        return text
    }

    private var unitBytes: Int {
        switch self {
        case .utf16LittleEndian, .utf16BigEndian: 2
        case .utf32LittleEndian, .utf32BigEndian: 4
        }
    }

    private func scalar(
        _ bytes: [UInt8], at offset: Int
    ) throws(Invalid) -> (Unicode.Scalar, length: Int) {
        guard let first = unit(bytes, at: offset) else { throw Invalid(byteOffset: offset) }
        if let scalar = Unicode.Scalar(first) { return (scalar, unitBytes) }
        guard unitBytes == 2, first < 0xDC00, let second = unit(bytes, at: offset + 2),
            0xDC00...0xDFFF ~= second,
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw Invalid(byteOffset: offset) }
        return (scalar, 4)
    }

    /// The number at `offset`; nil where the bytes end in the middle of it.
    private func unit(_ bytes: [UInt8], at offset: Int) -> UInt32? {
        guard offset + unitBytes <= bytes.count else { return nil }
        let part = bytes[offset..<(offset + unitBytes)]
        return switch self {
        case .utf16BigEndian, .utf32BigEndian: part.reduce(0) { $0 << 8 | UInt32($1) }
        case .utf16LittleEndian, .utf32LittleEndian:
            part.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        }
    }
}

/// Which one-byte encoding of western European languages some bytes look like.
enum WesternEncoding: String {
    case latin1 = "Latin-1"
    case windows1252 = "Windows-1252"

    /// The encoding that bytes which are not UTF-8 seem to be in; nil where they look like neither.
    ///
    /// They do where none of them is part of a UTF-8 sequence, none is a control character, at most
    /// a third are not ASCII, and a letter with an accent stands by an ASCII letter.
    init?(guessedFrom text: TextBytes) {
        var (high, all, accents) = (0, 0, 0)
        var isWindows = false
        var previous: UInt8 = 0
        for byte in text {
            guard Self.isText(byte), !Self.isSequence(previous, byte) else { return nil }
            if !byte.isBlank { all += 1 }
            if byte >= 0x80 { high += 1 }
            if 0x80...0x9F ~= byte { isWindows = true }
            if Self.isAccented(byte) && Self.isLetter(previous)
                || Self.isAccented(previous) && Self.isLetter(byte)
            {
                accents += 1
            }
            previous = byte
        }
        guard accents > 0, high * 3 <= all else { return nil }
        self = isWindows ? .windows1252 : .latin1
    }

    private static func isText(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00...0x08, 0x0E...0x1A, 0x1C...0x1F, 0x7F: false
        // Undefined in Windows-1252; 0xFF is a letter that few texts have and many binaries.
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xFF: false
        default: true
        }
    }

    private static func isSequence(_ lead: UInt8, _ next: UInt8) -> Bool {
        0xC2...0xF4 ~= lead && 0x80...0xBF ~= next
    }

    private static func isAccented(_ byte: UInt8) -> Bool { byte >= 0xC0 }

    private static func isLetter(_ byte: UInt8) -> Bool {
        0x61...0x7A ~= byte | 0x20
    }
}
